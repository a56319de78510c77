package dev.vitrine.webhook;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs events, so that their receiver knows who sent them and when, and a request that somebody
 * kept and sends again later is seen as old. Source: the Standard Webhooks specification, whose
 * libraries check it: HMAC-SHA256 over id, time and body.
 */
final class Signer {

  private static final String PREFIX = "whsec_";

  /** What the specification asks for at least. */
  private static final int LEAST_BYTES = 24;

  private final List<byte[]> keys;

  private Signer(List<byte[]> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * With the secrets of an endpoint, one a line: with each of them, so that a receiver may go over
   * from one to the next.
   *
   * @throws Unavailable if the file can't be read, or has no secret that is long enough: until
   *     somebody mends that
   */
  static Signer of(Endpoint endpoint) {
    List<byte[]> keys = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(endpoint.secrets())) {
        if (!line.isBlank()) {
          keys.add(key(line.strip()));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw VitrineException.because(
          e,
          new Unavailable(
              "webhook %s: its secret can't be read from %s: %s"
                  .formatted(endpoint.name(), endpoint.secrets(), e.getClass().getSimpleName())));
    }
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length < LEAST_BYTES)) {
      throw new Unavailable(
          "webhook %s: %s has a secret of less than %d bytes; write 'whsec_' and 32 random bytes in base64"
              .formatted(endpoint.name(), endpoint.secrets(), LEAST_BYTES));
    }
    return new Signer(keys);
  }

  private static byte[] key(String line) {
    return line.startsWith(PREFIX)
        ? Base64.getDecoder().decode(line.substring(PREFIX.length()))
        : line.getBytes(StandardCharsets.UTF_8);
  }

  /** The headers that go with a body. */
  Map<String, String> headers(String id, Instant now, String body) {
    String signed = id + "." + now.getEpochSecond() + "." + body;
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    headers.put(
        "webhook-signature",
        keys.stream().map(key -> "v1," + sign(key, signed)).collect(Collectors.joining(" ")));
    return headers;
  }

  private static String sign(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }
}
