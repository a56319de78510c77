package dev.vitrine.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A store in a bucket of S3, or of a server that speaks its protocol. Credentials come from where
 * Amazon's tools take them, and are none of its settings.
 *
 * @param prefix what the names of its objects begin with: empty, or with a slash at its end
 * @param region null for the environment's, or {@code us-east-1} where there is an endpoint
 * @param endpoint null for Amazon's
 * @param pathStyle whether the bucket is in the URL's path, and not in the host's name
 * @param partSize bytes of a part of a large upload, at least
 * @param profile of the files in {@code ~/.aws}; null for the environment's
 * @param readOnly whether it takes no data and gives none up
 */
public record S3StoreSettings(
    String name,
    String bucket,
    String prefix,
    @Nullable String region,
    @Nullable URI endpoint,
    boolean pathStyle,
    long partSize,
    @Nullable String profile,
    int weight,
    boolean readOnly)
    implements StoreSettings {

  /** One that weighs nothing, and takes data. */
  public S3StoreSettings(
      String name,
      String bucket,
      String prefix,
      @Nullable String region,
      @Nullable URI endpoint,
      boolean pathStyle,
      long partSize,
      @Nullable String profile) {
    this(name, bucket, prefix, region, endpoint, pathStyle, partSize, profile, 0, false);
  }
}
