package dev.vitrine.signature;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Data, signatures of it, and certificates of an authority, in the resources of this package: made
 * with Python's {@code cryptography}, by whose signatures OpenStack's cursive goes.
 */
public final class SignedData {

  public static final byte[] DATA =
      IntStream.range(0, 2000)
          .mapToObj("%07d\n"::formatted)
          .collect(Collectors.joining())
          .getBytes(StandardCharsets.US_ASCII);

  private static final List<String> FILES =
      List.of("authority", id(1), id(2), id(3), id(4), id(5), id(6), id(7));

  private SignedData() {}

  /** RSA, DSA, ECC below an intermediate, expired, not for signatures, unknown, cut chain. */
  static String id(int number) {
    return "00000000-0000-4000-8000-%012d".formatted(number);
  }

  /** With those certificates, in 2026. */
  public static TrustStore trusted(Path directory) {
    for (String file : FILES) {
      try (InputStream in = resource(file + ".pem")) {
        Files.write(directory.resolve(file + ".pem"), in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new TrustStore(
        directory, Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
  }

  /** The properties of an image that is signed so. */
  public static Map<String, String> properties(String key, String hash) {
    try (InputStream in = resource("signatures.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.split(","))
          .filter(line -> line[0].equals(key) && line[1].equals(hash))
          .map(
              line ->
                  new HashMap<>(
                      Map.of(
                          "img_signature_key_type",
                          line[0],
                          "img_signature_hash_method",
                          line[1],
                          "img_signature_certificate_uuid",
                          line[2],
                          "img_signature",
                          line[3])))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(SignedData.class.getResourceAsStream(name), name);
  }
}
