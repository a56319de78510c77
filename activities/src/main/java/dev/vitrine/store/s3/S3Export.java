package dev.vitrine.store.s3;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.StoreWriter;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;

/**
 * An object that a task exports to.
 *
 * <p>Each object that is stored says in its metadata which task stored it, so that the task finds
 * its own again and touches no other's. As long as the task writes, a small object beside it, with
 * the same name and {@value #CLAIM} behind, keeps other tasks away: uploads in parts have no
 * metadata to tell whose they are, and while there is that claim they are its task's. It is the
 * last thing that is removed. Nothing that exists is ever replaced.
 */
public final class S3Export {

  static final String CLAIM = ".vitrine-export";

  private final S3Objects objects;
  private final S3Uploads uploads;
  private final Uninterrupted requests = new Uninterrupted();
  private final String owner;
  private final long partSize;
  private final String key;
  private final String claim;
  private final UUID task;

  S3Export(S3Requests all, long partSize, String key, UUID task) {
    this.objects = new S3Objects(all);
    this.uploads = new S3Uploads(all, objects);
    this.owner = "bucket " + all.bucket();
    this.partSize = partSize;
    this.key = key;
    this.claim = key + CLAIM;
    this.task = task;
  }

  /**
   * Bytes that the task has published; empty if nothing is there.
   *
   * @throws Conflict if something else is
   */
  public OptionalLong published() {
    return requests.call(
        () -> {
          Optional<StoredObject> there = objects.find(key);
          if (there.isEmpty()) {
            return OptionalLong.empty();
          }
          requireOurs(there.get());
          release();
          return OptionalLong.of(there.get().size());
        });
  }

  private void requireOurs(StoredObject there) {
    if (!S3ExportBucket.isOf(task, there)) {
      throw new Conflict(
          "%s has an object %s already, of %s, and nothing is replaced; choose another destination"
              .formatted(owner, key, S3ExportBucket.owner(there)));
    }
  }

  /** Opens what is published. */
  public InputStream open() {
    ResponseInputStream<?> answer = objects.open(key, 0, null);
    return answer == null ? InputStream.nullInputStream() : new S3Stream(answer);
  }

  /** As {@link dev.vitrine.store.SupportsResume#unfinished}. */
  public long unfinished(@Nullable String token) {
    return requests.call(() -> uploads.unfinished(key, token));
  }

  /**
   * Begins anew.
   *
   * @param size bytes that are going to be written; null if not known
   * @throws Conflict if something is there, or another task exports to it
   */
  public StoreWriter create(@Nullable Long size) {
    PartPlan plan = PartPlan.of(partSize, size);
    boolean small = size != null && size <= plan.first();
    return requests.call(
        () -> {
          claim();
          objects.find(key).ifPresent(this::requireOurs);
          Upload upload = null;
          if (small) {
            uploads.abortAll(key);
          } else {
            upload = uploads.begin(key, plan);
          }
          return writer(plan, upload, List.of());
        });
  }

  /** Goes on with parts that end at that byte. */
  public StoreWriter resume(@Nullable String token, long offset) {
    Upload upload = S3Uploads.require(owner, key, token);
    return requests.call(
        () -> {
          claim();
          return writer(upload.plan(), upload, uploads.partsTo(offset, owner, upload));
        });
  }

  private StoreWriter writer(PartPlan plan, @Nullable Upload upload, List<StoredPart> kept) {
    return new Claimed(new S3Writer(objects, uploads, requests, key, plan, upload, kept));
  }

  /** Removes what the task has stored, whole or in parts, and nothing else. */
  public void discard() {
    requests.run(
        () -> {
          boolean claimed = isClaimed();
          if (claimed) {
            uploads.abortAll(key);
          }
          if (objects.find(key).filter(there -> S3ExportBucket.isOf(task, there)).isPresent()) {
            objects.remove(key);
          }
          if (claimed) {
            objects.remove(claim);
          }
        });
  }

  private void claim() {
    Optional<StoredObject> there = objects.find(claim);
    if (there.isEmpty()) {
      PartBuffer text = new PartBuffer(Long.MAX_VALUE);
      text.fill(ByteBuffer.wrap(task.toString().getBytes(StandardCharsets.US_ASCII)));
      try {
        objects.put(claim, text);
        return;
      } catch (Conflict lost) {
        there = objects.find(claim);
      }
    }
    if (there.filter(each -> S3ExportBucket.isOf(task, each)).isEmpty()) {
      throw new Conflict(
          "%s: %s exports to %s already; choose another destination"
              .formatted(owner, there.map(S3ExportBucket::owner).orElse("another task"), key));
    }
  }

  private boolean isClaimed() {
    return objects.find(claim).filter(there -> S3ExportBucket.isOf(task, there)).isPresent();
  }

  private void release() {
    if (isClaimed()) {
      objects.remove(claim);
    }
  }

  /** Publishes only what is still wanted, and as its own. */
  private final class Claimed implements StoreWriter {

    private final S3Writer writer;
    private boolean over;

    Claimed(S3Writer writer) {
      this.writer = writer;
    }

    @Override
    public @Nullable String token() {
      return writer.token();
    }

    @Override
    public long position() {
      return writer.position();
    }

    @Override
    public void write(ByteBuffer data) {
      writer.write(data);
    }

    @Override
    public long sync() {
      return writer.sync();
    }

    @Override
    public void publish() {
      if (over) {
        return;
      }
      requests.run(
          () -> {
            if (!isClaimed()) {
              throw givenUp();
            }
          });
      writer.publish();
      requests.run(
          () -> {
            // Whoever has given the export up meanwhile did not see what one request has stored.
            StoredObject there = objects.find(key).orElseThrow(S3Export.this::givenUp);
            requireOurs(there);
            if (!isClaimed()) {
              objects.remove(key);
              throw givenUp();
            }
            objects.remove(claim);
          });
      over = true;
    }

    @Override
    public void discard() {
      writer.discard();
    }

    @Override
    public void close() {
      writer.close();
    }
  }

  private Unavailable givenUp() {
    return new Unavailable("%s: the export to %s was given up".formatted(owner, key));
  }
}
