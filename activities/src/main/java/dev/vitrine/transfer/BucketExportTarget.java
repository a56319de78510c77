package dev.vitrine.transfer;

import dev.vitrine.source.OpenSource;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.s3.S3Export;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An object in a bucket that a task exports to.
 *
 * @param url of it
 * @param readable throws if the image's data may no longer be read
 */
record BucketExportTarget(S3Export export, String url, Runnable readable) implements ExportTarget {

  @Override
  public void requireWanted() {
    readable.run();
  }

  @Override
  public Optional<OpenSource> published() {
    OptionalLong size = export.published();
    return size.isEmpty()
        ? Optional.empty()
        : Optional.of(new OpenSource(url, export.open(), 0, size.getAsLong(), null, true));
  }

  @Override
  public long unfinished(@Nullable String token) {
    return export.unfinished(token);
  }

  @Override
  public StoreWriter create(@Nullable Long size) {
    return export.create(size);
  }

  @Override
  public StoreWriter resume(@Nullable String token, long offset) {
    return export.resume(token, offset);
  }

  @Override
  public void discard() {
    export.discard();
  }
}
