package dev.vitrine.torture;

import dev.vitrine.error.VitrineException.Invalid;
import java.net.URI;

/**
 * A bucket for one run alone, on a server that speaks S3's protocol.
 *
 * @param endpoint {@code http://HOST:PORT}
 * @param bucket that is there, and empty
 * @param keyId who may do everything in it
 */
public record S3Place(URI endpoint, String bucket, String keyId, String secret) {

  public S3Place {
    if (!"http".equals(endpoint.getScheme())
        || endpoint.getHost() == null
        || endpoint.getPort() < 0) {
      throw new Invalid(
          "s3 endpoint '%s': give http://HOST:PORT, for what goes there is relayed"
              .formatted(endpoint));
    }
  }
}
