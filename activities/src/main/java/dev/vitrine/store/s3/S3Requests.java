package dev.vitrine.store.s3;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What all requests to one bucket have in common. Safe for use by many threads. */
final class S3Requests {

  /** Data that comes through slower than this, beside the start, is sent anew. */
  private static final long LEAST_BYTES_PER_SECOND = 64 << 10;

  private static final Duration START = Duration.ofSeconds(60);
  private static final int NOT_IMPLEMENTED = 501;

  private final S3Client client;
  private final S3StoreConfig config;
  private final Map<String, String> metadata;

  /** Whether "only if there is nothing" is understood here; servers that don't know it say so. */
  private volatile boolean conditional = true;

  S3Requests(S3Client client, S3StoreConfig config) {
    this(client, config, Map.of());
  }

  /**
   * @param metadata what objects are stored with
   */
  S3Requests(S3Client client, S3StoreConfig config, Map<String, String> metadata) {
    this.client = client;
    this.config = config;
    this.metadata = Map.copyOf(metadata);
  }

  Map<String, String> metadata() {
    return metadata;
  }

  S3Client client() {
    return client;
  }

  String bucket() {
    return config.bucket();
  }

  /** The object's name in the bucket. */
  String name(String key) {
    return config.prefix() + key;
  }

  /** Which store it is, for messages. */
  String owner() {
    return config.owner();
  }

  /** Its name alone. */
  String store() {
    return config.name();
  }

  /**
   * Makes a request.
   *
   * @param what is done, for the message: {@code read KEY}
   */
  <T> T ask(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw S3Errors.of(owner(), what, e);
    }
  }

  /** Makes a request with the condition that there is no such object, where that is understood. */
  <T> T ifNothingThere(Function<@Nullable String, T> request) {
    if (conditional) {
      try {
        return request.apply("*");
      } catch (AwsServiceException e) {
        if (e.statusCode() != NOT_IMPLEMENTED) {
          throw e;
        }
        conditional = false;
      }
    }
    return request.apply(null);
  }

  /**
   * How long one try to send so many bytes may take: a server that reads nothing more is given up.
   */
  static Duration timeToSend(long bytes) {
    return START.plusSeconds(bytes / LEAST_BYTES_PER_SECOND);
  }

  /** The bytes, for a request that may be sent again. */
  static RequestBody body(PartBuffer data) {
    return RequestBody.fromContentProvider(data::stream, data.size(), "application/octet-stream");
  }

  /** What S3 left out is as good as nothing. */
  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
