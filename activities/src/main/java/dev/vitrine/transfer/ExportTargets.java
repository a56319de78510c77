package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.store.s3.S3ExportBucket;
import dev.vitrine.task.ExportDestination;
import java.util.List;
import java.util.UUID;

/** Where exports may go: below directories and in buckets that the operator names. */
final class ExportTargets {

  private final TransferConfig config;
  private final List<S3ExportBucket> buckets;

  ExportTargets(TransferConfig config) {
    this.config = config;
    this.buckets = config.exportBuckets().stream().map(S3ExportBucket::new).toList();
  }

  /**
   * The target of a task.
   *
   * @param url where to
   * @param readable throws if the image's data may no longer be read
   * @throws Forbidden if the destination lies below none of them
   * @throws Invalid if it is none
   */
  ExportTarget of(UUID task, String url, Runnable readable) {
    ExportDestination.require(url);
    if (!ExportDestination.isInBucket(url)) {
      return new FileExportTarget(task, url, config, readable);
    }
    String bucket = ExportDestination.bucket(url);
    String name = ExportDestination.objectName(url);
    return buckets.stream()
        .filter(each -> each.holds(bucket, name))
        .findFirst()
        .map(each -> new BucketExportTarget(each.export(name, task), url, readable))
        .orElseThrow(
            () ->
                new Forbidden(
                    "'%s' lies in none of the buckets that the setting transfer.export-buckets names"
                        .formatted(url)));
  }
}
