package dev.vitrine.store.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a store in a bucket is, and how it is spoken to. It has no credentials: those come from
 * where Amazon's tools take them.
 *
 * @param name of the store
 * @param prefix what all keys begin with: empty, or with a slash at its end
 * @param region null for that of the environment, or {@code us-east-1} where there is an endpoint
 * @param endpoint of a server that isn't Amazon's; null for Amazon's
 * @param pathStyle whether the bucket is in the URL's path, and not in the name of the host
 * @param partSize bytes of a part, at least; of data whose size is known there may be more, so that
 *     it fits into 10,000 parts
 * @param profile of the files in {@code ~/.aws}; null for the environment's
 */
public record S3StoreConfig(
    String name,
    String bucket,
    String prefix,
    @Nullable String region,
    @Nullable URI endpoint,
    boolean pathStyle,
    long partSize,
    @Nullable String profile) {

  /** Below this S3 takes no part but the last. */
  public static final long LEAST_PART = 5L << 20;

  /** Two of them are in memory for each transfer. */
  public static final long MOST_PART = 1L << 30;

  public S3StoreConfig {
    if (partSize <= 0 || partSize > MOST_PART) {
      throw new IllegalArgumentException("a part of %d bytes".formatted(partSize));
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("prefix '%s' has no slash at its end".formatted(prefix));
    }
  }

  /** Which store it is, for messages. */
  String owner() {
    return "store '%s' (bucket %s%s)"
        .formatted(name, bucket, endpoint == null ? "" : " at " + endpoint);
  }
}
