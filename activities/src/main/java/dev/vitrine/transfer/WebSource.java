package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.transfer.Feed.From;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Data behind an {@code http} or {@code https} URL. Source of the rules: RFC 9110. */
final class WebSource {

  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");
  private static final Pattern UNSATISFIED_RANGE = Pattern.compile("bytes \\*/(\\d+)");

  private final HttpClient client;
  private final Duration timeout;

  WebSource(TransferConfig config) {
    this.timeout = config.sourceReadTimeout();
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(config.connectTimeout())
            .build();
  }

  /**
   * Opens the URL where the last attempt stopped, if the source still has the same data there and
   * can; else from the beginning.
   *
   * @param display the URL without what may be secret
   * @param guard ends the waiting for an answer
   */
  Feed open(String url, String display, From from, Guard guard) throws InterruptedException {
    boolean resume = from.offset() > 0 && (from.validator() != null || from.continues(null, null));
    if (!resume) {
      return whole(display, send(url, display, null, guard));
    }
    HttpResponse<InputStream> response = send(url, display, from, guard);
    Feed rest = rest(display, response, from);
    if (rest != null) {
      return rest;
    }
    if (response.statusCode() == 206 || response.statusCode() == 416) {
      close(response);
      response = send(url, display, null, guard);
    }
    return whole(display, response);
  }

  private HttpResponse<InputStream> send(
      String url, String display, @Nullable From from, Guard guard) throws InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> sent;
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(timeout)
              .header("User-Agent", "vitrine")
              .header("Accept-Encoding", "identity");
      if (from != null) {
        request.header("Range", "bytes=%d-".formatted(from.offset()));
        if (from.validator() != null) {
          request.header("If-Range", from.validator());
        }
      }
      sent = client.sendAsync(request.build(), BodyHandlers.ofInputStream());
    } catch (IllegalArgumentException e) {
      throw new SourceUnusable("%s: %s".formatted(display, e.getMessage()));
    }
    boolean answered = false;
    try {
      guard.guard(() -> sent.cancel(true));
      HttpResponse<InputStream> response = sent.get();
      answered = true;
      return response;
    } catch (ExecutionException e) {
      throw unreachable(display, e.getCause());
    } finally {
      if (!answered) {
        sent.cancel(true);
      }
    }
  }

  private VitrineException unreachable(String display, @Nullable Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException) {
        return new Unavailable(display + ": its host is unknown");
      }
    }
    if (cause instanceof HttpTimeoutException) {
      return new Unavailable("%s did not answer within %s".formatted(display, timeout));
    }
    if (cause instanceof ConnectException && cause.getMessage() == null) {
      return new Unavailable(display + ": connection refused");
    }
    if (cause instanceof IOException) {
      return new Unavailable("%s: %s".formatted(display, reason(cause)));
    }
    return new SourceUnusable("%s: %s".formatted(display, reason(cause)));
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
  }

  /** The whole data, or the error that the answer means. */
  private static Feed whole(String display, HttpResponse<InputStream> response) {
    int status = response.statusCode();
    if (status != 200 && status != 203) {
      close(response);
      throw refused(display, status);
    }
    HttpHeaders headers = response.headers();
    return feed(display, response, 0, length(headers), validator(headers));
  }

  private static VitrineException refused(String display, int status) {
    String message = "%s answered %d".formatted(display, status);
    boolean passing = status >= 500 || status == 408 || status == 425 || status == 429;
    return passing
        ? new Unavailable(message)
        : new SourceUnusable(message + "; check the address and that it may be read");
  }

  /** The data from where the last attempt stopped; null if the answer is something else. */
  private static @Nullable Feed rest(
      String display, HttpResponse<InputStream> response, From from) {
    HttpHeaders headers = response.headers();
    String range = headers.firstValue("Content-Range").orElse("");
    if (response.statusCode() == 206) {
      Matcher matcher = CONTENT_RANGE.matcher(range);
      if (matcher.matches() && matcher.group(1).equals(Long.toString(from.offset()))) {
        Long total = matcher.group(3).equals("*") ? null : number(matcher.group(3));
        String now = validator(headers);
        // An answer may leave the validator out: If-Range has compared it already.
        if (from.continues(now == null ? from.validator() : now, total)) {
          return feed(display, response, from.offset(), total, from.validator());
        }
      }
    }
    if (response.statusCode() == 416) {
      Matcher matcher = UNSATISFIED_RANGE.matcher(range);
      // Nothing comes after what is there: the last attempt stopped at the very end.
      if (matcher.matches() && matcher.group(1).equals(Long.toString(from.offset()))) {
        close(response);
        return new Feed(
            display,
            new ByteArrayInputStream(new byte[0]),
            from.offset(),
            from.offset(),
            from.validator(),
            true);
      }
    }
    return null;
  }

  private static Feed feed(
      String display,
      HttpResponse<InputStream> response,
      long offset,
      @Nullable Long size,
      @Nullable String validator) {
    return new Feed(display, response.body(), offset, size, validator, true);
  }

  /**
   * The entity tag, if it is a strong one; else the modification date, unless the data may have
   * changed again within the second it names.
   */
  private static @Nullable String validator(HttpHeaders headers) {
    Optional<String> tag = headers.firstValue("ETag").filter(t -> t.startsWith("\""));
    if (tag.isPresent()) {
      return tag.get();
    }
    String modified = headers.firstValue("Last-Modified").orElse(null);
    ZonedDateTime modifiedAt = date(modified);
    ZonedDateTime sentAt = date(headers.firstValue("Date").orElse(null));
    boolean strong =
        modifiedAt != null && (sentAt == null || !modifiedAt.plusSeconds(1).isAfter(sentAt));
    return strong ? modified : null;
  }

  private static @Nullable ZonedDateTime date(@Nullable String header) {
    try {
      return header == null
          ? null
          : ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Long length(HttpHeaders headers) {
    return headers.firstValue("Content-Length").map(WebSource::number).orElse(null);
  }

  private static @Nullable Long number(String digits) {
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static void close(HttpResponse<InputStream> response) {
    try {
      response.body().close();
    } catch (IOException e) {
      // Its data isn't wanted.
    }
  }
}
