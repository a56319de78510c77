package dev.vitrine.store.s3;

import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.StoreWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes data in parts: while one is on its way to S3 the next is filled, so that two are in memory
 * at most. Data that is known to fit into one part is kept until it is published, and stored with
 * one request.
 *
 * <p>A part is durable when S3 has answered. An upload is completed by the tags of the parts that
 * this writer has seen stored, so that what another one sent later under the same upload makes it
 * fail, and never gets into the object.
 */
final class S3Writer implements StoreWriter {

  /** Above this no second part is filled beside the one on its way. */
  private static final long LARGE = 64L << 20;

  private final S3Objects objects;
  private final S3Uploads uploads;
  private final Uninterrupted requests;
  private final String key;
  private final PartPlan plan;
  private final @Nullable String token;
  private @Nullable Upload upload;

  /** Added to by the part on its way; read when that has arrived. */
  private final List<StoredPart> parts = new ArrayList<>();

  private int sent;
  private @Nullable PartBuffer filling;
  private @Nullable PartBuffer onItsWay;
  private long position;

  /** Bytes that S3 has when the part on its way has arrived. */
  private volatile CompletableFuture<Long> durable;

  private volatile boolean closed;
  private boolean over;

  /**
   * @param upload null for data that is known to fit into one part
   * @param kept the parts that are stored
   */
  S3Writer(
      S3Objects objects,
      S3Uploads uploads,
      Uninterrupted requests,
      String key,
      PartPlan plan,
      @Nullable Upload upload,
      List<StoredPart> kept) {
    this.objects = objects;
    this.uploads = uploads;
    this.requests = requests;
    this.key = key;
    this.plan = plan;
    this.upload = upload;
    this.token = upload == null ? null : upload.token();
    this.parts.addAll(kept);
    this.sent = kept.size();
    this.position = kept.stream().mapToLong(StoredPart::size).sum();
    this.durable = CompletableFuture.completedFuture(position);
  }

  @Override
  public @Nullable String token() {
    return token;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void write(ByteBuffer data) {
    requireOpen();
    int length = data.remaining();
    try {
      while (data.hasRemaining()) {
        PartBuffer part = filling();
        if (part.isFull()) {
          // There is more than was told: it takes parts now, though nobody could go on with them.
          send(part);
        } else {
          part.fill(data);
          if (part.isFull() && upload != null) {
            send(part);
          }
        }
      }
    } catch (StorageFull e) {
      discard();
      throw e;
    }
    position += length;
  }

  private PartBuffer filling() {
    PartBuffer part = filling;
    if (part == null) {
      part = new PartBuffer(plan.size(sent + 1));
      filling = part;
    }
    return part;
  }

  /** Waits for the part before, so that there are never more than two. */
  private void send(PartBuffer part) {
    Upload to = upload;
    if (to == null) {
      to = requests.call(() -> uploads.begin(key, plan));
      upload = to;
    }
    Upload begun = to;
    long after = Uninterrupted.await(durable) + part.size();
    int number = ++sent;
    PartBuffer free = onItsWay;
    onItsWay = part;
    durable =
        requests.begin(
            () -> {
              parts.add(uploads.send(begun, number, part));
              return after;
            });
    if (part.size() > LARGE) {
      Uninterrupted.await(durable);
      free = part;
      onItsWay = null;
    }
    if (free != null && number < PartPlan.MOST_PARTS) {
      free.reset(plan.size(number + 1));
    }
    filling = free;
  }

  @Override
  public long sync() {
    long arrived = Uninterrupted.await(durable);
    return token == null ? 0 : arrived;
  }

  @Override
  public void publish() {
    if (over) {
      return;
    }
    requireOpen();
    try {
      Upload begun = upload;
      if (begun == null) {
        PartBuffer whole = filling();
        requests.run(() -> objects.put(key, whole));
      } else {
        PartBuffer rest = filling;
        if (sent == 0 || (rest != null && rest.size() > 0)) {
          // The last may be of any size; without data it is the only one, and empty.
          send(filling());
        }
        Uninterrupted.await(durable);
        requests.run(() -> uploads.complete(begun, parts));
      }
    } catch (StorageFull e) {
      discard();
      throw e;
    }
    over = true;
    close();
  }

  @Override
  public void discard() {
    if (over) {
      return;
    }
    close();
    Upload begun = upload;
    if (begun != null) {
      requests.run(() -> uploads.abort(key, begun.id()));
    }
    over = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new Unavailable("the writer of %s is closed".formatted(key));
    }
  }

  /** Waits for the part on its way: a successor must not find it arriving later. */
  @Override
  public void close() {
    closed = true;
    try {
      Uninterrupted.await(durable);
    } catch (RuntimeException e) {
      // Who wrote was told, or wants nothing more of it.
    }
    filling = null;
    onItsWay = null;
  }
}
