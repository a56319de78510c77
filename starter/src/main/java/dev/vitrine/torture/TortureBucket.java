package dev.vitrine.torture;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** A store in a bucket, which the cluster reaches over a link and this class past it. */
final class TortureBucket implements TortureStore, AutoCloseable {

  private static final String PREFIX = "vitrine/";

  private final S3Place place;
  private final TortureLink link;
  private final S3Client client;

  TortureBucket(S3Place place) throws IOException {
    this.place = place;
    link = new TortureLink("s3", place.endpoint().getHost(), place.endpoint().getPort());
    client =
        S3Client.builder()
            .endpointOverride(place.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(place.keyId(), place.secret())))
            .build();
  }

  TortureLink link() {
    return link;
  }

  /** Where the workers look for them. */
  Map<String, String> credentials() {
    return Map.of("AWS_ACCESS_KEY_ID", place.keyId(), "AWS_SECRET_ACCESS_KEY", place.secret());
  }

  @Override
  public String name() {
    return "bucket";
  }

  @Override
  public String settings() {
    return "{name: bucket, type: s3, bucket: %s, prefix: vitrine, endpoint: 'http://127.0.0.1:%d', part-size: 5MiB}"
        .formatted(place.bucket(), link.port());
  }

  @Override
  public Map<String, Long> contents() throws IOException {
    Map<String, Long> contents = new TreeMap<>();
    try {
      client
          .listObjectsV2Paginator(request -> request.bucket(place.bucket()).prefix(PREFIX))
          .contents()
          .forEach(each -> contents.put(each.key().substring(PREFIX.length()), each.size()));
      client
          .listMultipartUploadsPaginator(request -> request.bucket(place.bucket()))
          .uploads()
          .forEach(each -> contents.put("unfinished upload of " + each.key(), 0L));
    } catch (SdkException e) {
      throw new IOException("bucket %s: %s".formatted(place.bucket(), e.getMessage()), e);
    }
    return contents;
  }

  @Override
  public @Nullable InputStream open(String key) throws IOException {
    try {
      return client.getObject(request -> request.bucket(place.bucket()).key(PREFIX + key));
    } catch (NoSuchKeyException e) {
      return null;
    } catch (SdkException e) {
      throw new IOException("bucket %s: %s".formatted(place.bucket(), e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    client.close();
    link.close();
  }
}
