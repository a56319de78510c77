package dev.vitrine.store.s3;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the client of a store. */
final class S3Clients {

  /** One for each transfer and each download: none waits for another's. */
  private static final int CONNECTIONS = 2_000;

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Without a byte from S3; to complete an upload of many parts takes it longest. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private S3Clients() {}

  /**
   * A new client, which retries a request twice.
   *
   * <p>It sums up only where S3 insists: other servers don't know the newer kinds of sums, and what
   * is stored is compared by MD5.
   *
   * @throws Invalid if nothing says in which region the bucket is
   */
  static S3Client of(S3StoreConfig config) {
    ClientOverrideConfiguration.Builder general =
        ClientOverrideConfiguration.builder().retryStrategy(RetryMode.STANDARD);
    DefaultCredentialsProvider.Builder credentials = DefaultCredentialsProvider.builder();
    String profile = config.profile();
    if (profile != null) {
      general.defaultProfileName(profile);
      credentials.profileName(profile);
    }
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(CONNECT)
                    .connectionAcquisitionTimeout(CONNECT)
                    .socketTimeout(SILENCE))
            .overrideConfiguration(general.build())
            .credentialsProvider(credentials.build())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .forcePathStyle(config.pathStyle());
    URI endpoint = config.endpoint();
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    Region region = region(config.region(), endpoint);
    if (region != null) {
      builder.region(region);
    }
    try {
      return builder.build();
    } catch (SdkException e) {
      throw VitrineException.because(
          e,
          new Invalid(
              "%s: nothing says in which region it is; give the store a region, or AWS_REGION"
                  .formatted(config.owner())));
    }
  }

  /** Servers that aren't Amazon's take this one for theirs, unless they are told another. */
  private static @Nullable Region region(@Nullable String region, @Nullable URI endpoint) {
    if (region != null) {
      return Region.of(region);
    }
    return endpoint == null ? null : Region.US_EAST_1;
  }
}
