package dev.vitrine.store.s3;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket that images are exported to, below its prefix. Asked nothing before it is used. Safe for
 * use by many threads.
 */
public final class S3ExportBucket {

  private static final String TASK = "vitrine-task";

  private final S3StoreConfig config;
  private @Nullable S3Client client;

  public S3ExportBucket(S3StoreConfig config) {
    this.config = config;
  }

  /** With a client that there is. */
  S3ExportBucket(S3StoreConfig config, S3Client client) {
    this.config = config;
    this.client = client;
  }

  /** Whether an object of that name lies in this bucket and below its prefix. */
  public boolean holds(String bucket, String name) {
    return bucket.equals(config.bucket())
        && name.startsWith(config.prefix())
        && name.length() > config.prefix().length();
  }

  /**
   * The export of a task.
   *
   * @param name of the object, with the prefix
   */
  public S3Export export(String name, UUID task) {
    S3Requests requests = new S3Requests(client(), config, Map.of(TASK, task.toString()));
    return new S3Export(
        requests, config.partSize(), name.substring(config.prefix().length()), task);
  }

  static boolean isOf(UUID task, StoredObject object) {
    return task.toString().equals(object.metadata().get(TASK));
  }

  /** Whose it is, for messages. */
  static String owner(StoredObject object) {
    String task = object.metadata().get(TASK);
    return task == null ? "somebody else" : "task " + task;
  }

  private synchronized S3Client client() {
    S3Client made = client;
    if (made == null) {
      made = S3Clients.of(config);
      client = made;
    }
    return made;
  }
}
