package dev.vitrine.remote;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.FormatRefused;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.error.VitrineException.Unavailable;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one mapping of an answer's HTTP status to a kind of error. */
final class ApiErrors {

  private static final int LONGEST = 500;

  private ApiErrors() {}

  /**
   * The error that an answer is.
   *
   * @param what was asked for, with its id
   */
  static VitrineException of(String what, int status, HttpHeaders headers, byte[] body) {
    String request = headers.firstValue("x-openstack-request-id").map(id -> ", " + id).orElse("");
    String said = status / 100 == 3 ? redirect(headers) : message(body);
    return of(status, "%s: %s (HTTP %d%s)".formatted(what, said, status, request));
  }

  private static VitrineException of(int status, String message) {
    return switch (status) {
      case 401 -> new Unauthenticated(message);
      case 403 -> new Forbidden(message);
      // Gone: the image was deleted while its data was on the way.
      case 404, 410 -> new NotFound(message);
      case 409, 412, 428 -> new Conflict(message);
      case 413 -> new TooLarge(message);
      // Of requests this client gives the media type that is asked for.
      case 415 -> new FormatRefused(message);
      case 408, 425, 429 -> new Unavailable(message);
      case 501, 505 -> new Invalid(message);
      case 507 -> new StorageFull(message);
      default -> status >= 500 ? new Unavailable(message) : new Invalid(message);
    };
  }

  private static String redirect(HttpHeaders headers) {
    return "the server sends to %s; if you trust it, give that URL"
        .formatted(headers.firstValue("Location").orElse("elsewhere"));
  }

  /** The message in a body: JSON as Vitrine, Glance and Keystone write it, or HTML or text. */
  static String message(byte[] body) {
    String plain =
        plain(
            JsonMaps.object(body)
                .map(ApiErrors::said)
                .orElseGet(() -> new String(body, StandardCharsets.UTF_8)));
    if (plain.isEmpty()) {
      return "the server gave no reason";
    }
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }

  private static String said(Map<String, @Nullable Object> document) {
    Map<String, @Nullable Object> told =
        document.get("error") instanceof Map<?, ?> error ? JsonFields.object(error) : document;
    return JsonFields.text(told, "message", JsonFields.text(told, "title", ""));
  }

  private static String plain(String text) {
    return text.replaceAll("(?is)<(title|h1|style|script)[^>]*>.*?</\\1>", " ")
        .replaceAll("(?s)<[^>]*>", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        // What a server says must not steer the terminal that it is printed on.
        .replaceAll("[\\p{Cntrl}\\s]+", " ")
        .strip();
  }
}
