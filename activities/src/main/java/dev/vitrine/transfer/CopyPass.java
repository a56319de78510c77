package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageData;
import dev.vitrine.source.OpenSource;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsReadBack;
import dev.vitrine.transfer.Buffers.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one pass over the data: read, hash, check against the limits, write. In memory of a fixed
 * size. For one thread.
 *
 * <p>If another attempt may go on where this pass ends, all it had written is durable and reported
 * before it throws, unless the store itself failed.
 */
final class CopyPass implements AutoCloseable {

  /**
   * What is known of data up to a place; goes on in one other pass at most.
   *
   * @param hashed what the digests come to there
   * @param inspected told all up to there
   */
  record State(Digests.State hashed, DataInspection inspected) {
    long bytes() {
      return hashed.bytes();
    }
  }

  private final Object subject;
  private final TransferConfig config;
  private final Watchdog watchdog;
  private final LongConsumer durable;
  private final Executor executor;
  private final Reservation room;
  private final Buffers buffers;
  private final Digests digests;
  private DataInspection inspection;
  private long position;
  private long syncingTo;
  private volatile long durableTo;
  private CompletableFuture<?> syncing = CompletableFuture.completedFuture(null);

  /** Held by a sync, so that there is one at a time. */
  private final ReentrantLock syncs = new ReentrantLock();

  /** What is copied to; null while nothing is. Under the lock. */
  private @Nullable StoreWriter copying;

  private volatile long written;
  private long idleTo;
  private volatile @Nullable RuntimeException idleFailure;
  private long syncedAt = System.nanoTime();

  /**
   * @param subject what the data belongs to, for messages
   * @param executor lends threads to the digests and the syncs
   * @param durable is told how many bytes are durable, every time there are more, on any thread
   * @param room for the data in its project's quota
   * @param inspection of the data; told everything from its start
   */
  CopyPass(
      Object subject,
      TransferConfig config,
      Buffers buffers,
      Executor executor,
      Watchdog watchdog,
      LongConsumer durable,
      Reservation room,
      DataInspection inspection) {
    this.subject = subject;
    this.config = config;
    this.buffers = buffers;
    this.watchdog = watchdog;
    this.durable = durable;
    this.executor = executor;
    this.room = room;
    this.inspection = inspection;
    this.digests = new Digests(config.tuning().parallelDigests() ? executor : null);
  }

  /**
   * Hashes again what an earlier attempt made durable.
   *
   * @param end bytes that it made durable
   */
  void rehash(SupportsReadBack writer, long end) throws InterruptedException {
    while (position < end) {
      watchdog.requireNotInterrupted();
      Buffer buffer = buffers.take();
      try {
        int room = (int) Math.min(buffer.bytes.length, end - position);
        buffer.length = writer.readBack(ByteBuffer.wrap(buffer.bytes, 0, room), position);
        if (buffer.length <= 0) {
          throw new Unavailable(
              "image %s: its unfinished data shrank to %d of %d bytes"
                  .formatted(subject, position, end));
        }
        position += buffer.length;
        watchdog.details().came(buffer.length);
        take(buffer);
      } finally {
        buffer.release();
      }
    }
    syncingTo = end;
    durableTo = end;
  }

  /** Goes on with what an earlier attempt of this process has looked at and made durable. */
  void restore(State taken) {
    digests.restore(taken.hashed());
    inspection = taken.inspected();
    position = taken.bytes();
    syncingTo = position;
    durableTo = position;
  }

  /** What was taken in, if just that is durable; ends the pass. Null if it isn't. */
  @Nullable State taken() throws InterruptedException {
    if (position == 0 || durableTo != position) {
      return null;
    }
    Digests.State state = digests.state();
    return state.bytes() == position ? new State(state, inspection) : null;
  }

  /** Hashes data that is stored already; nothing is written. */
  ImageData verify(OpenSource stored) throws InterruptedException {
    watchdog.blocksOn(stored.stream());
    boolean more = true;
    while (more) {
      watchdog.requireNotInterrupted();
      Buffer buffer = buffers.take();
      try {
        more = fill(buffer, stored.stream());
        position += buffer.length;
        take(buffer);
      } catch (IOException e) {
        throw failure(stored, e);
      } finally {
        buffer.release();
      }
    }
    return inspection.finish(digests.finish(position));
  }

  /**
   * Moves the rest of the data.
   *
   * @param declared bytes of the whole as declared beforehand; null if nothing was
   * @return size and digests of the whole
   */
  ImageData copy(OpenSource source, StoreWriter writer, @Nullable Long declared)
      throws InterruptedException {
    watchdog.blocksOn(source.stream());
    syncedAt = System.nanoTime();
    copyTo(writer);
    watchdog.whileWaiting(config.tuning().syncInterval(), this::syncIdle);
    try {
      Long size = declared == null ? source.size() : declared;
      if (size != null) {
        room.whole(size);
      }
      while (move(source, writer, declared)) {
        if (position - syncingTo >= config.tuning().syncBytes() || isSyncTime()) {
          beginSync(writer);
        }
      }
      endSync();
      if (source.size() != null && position < source.size()) {
        throw source.truncated(position);
      }
      return inspection.finish(digests.finish(position));
    } catch (RuntimeException | InterruptedException e) {
      keepWhatIsWritten(writer, e);
      throw e;
    } finally {
      copyTo(null);
    }
  }

  /** Waits for a sync that is on its way: none runs beside what follows. */
  private void copyTo(@Nullable StoreWriter writer) {
    syncs.lock();
    try {
      copying = writer;
    } finally {
      syncs.unlock();
    }
  }

  /** Moves one buffer; returns whether there may be more. */
  private boolean move(OpenSource source, StoreWriter writer, @Nullable Long declared)
      throws InterruptedException {
    if (watchdog.stalled()) {
      throw failure(source, new IOException("stalled"));
    }
    watchdog.requireNotInterrupted();
    Buffer buffer = buffers.take();
    try {
      boolean more = false;
      IOException broken = null;
      try {
        more = fill(buffer, source.stream());
      } catch (IOException e) {
        broken = e;
      }
      // Also what came before the source broke is good, and needn't be fetched again.
      if (buffer.length > 0) {
        requireAllowed(position + buffer.length, declared);
        if (source.size() != null && position + buffer.length > source.size()) {
          throw source.overlong();
        }
        room.cover(position + buffer.length);
        take(buffer);
        writer.write(ByteBuffer.wrap(buffer.bytes, 0, buffer.length));
        position += buffer.length;
        written = position;
      }
      if (broken != null) {
        throw failure(source, broken);
      }
      return more;
    } finally {
      buffer.release();
    }
  }

  /** Looks at the data before it spends any time on it. */
  private void take(Buffer buffer) {
    inspection.take(buffer);
    digests.update(buffer);
  }

  private RuntimeException failure(OpenSource source, IOException broken)
      throws InterruptedException {
    return watchdog.failure(source, position, broken);
  }

  /**
   * Reads until the buffer is full, the source is at its end, or it is time to make durable what a
   * slow source has sent.
   *
   * @return whether there may be more
   */
  private boolean fill(Buffer buffer, InputStream stream) throws IOException {
    while (buffer.length < buffer.bytes.length) {
      int read = 0;
      watchdog.readBegins();
      try {
        read = stream.read(buffer.bytes, buffer.length, buffer.bytes.length - buffer.length);
      } finally {
        watchdog.readEnds(read);
      }
      if (read < 0) {
        return false;
      }
      buffer.length += read;
      if (isSyncTime()) {
        return true;
      }
    }
    return true;
  }

  private void requireAllowed(long size, @Nullable Long declared) {
    if (declared != null && size > declared) {
      throw new DataMismatch("image %s: expected %d bytes, got more".formatted(subject, declared));
    }
    if (size > config.maxImageSize()) {
      throw tooLarge(subject, null, config.maxImageSize());
    }
  }

  static TooLarge tooLarge(Object subject, @Nullable Long size, long limit) {
    return new TooLarge(
        "image %s: %s exceed the limit of %d bytes an image may have"
            .formatted(subject, size == null ? "its bytes" : "its " + size + " bytes", limit));
  }

  private boolean isSyncTime() {
    return System.nanoTime() - syncedAt >= config.tuning().syncInterval().toNanos();
  }

  /**
   * Makes durable what is written, beside the reading and writing that goes on meanwhile. Waits for
   * the sync before, so that what isn't durable yet has a bound.
   */
  private void beginSync(StoreWriter writer) {
    endSync();
    syncingTo = position;
    syncedAt = System.nanoTime();
    syncing = CompletableFuture.runAsync(() -> sync(writer), executor);
  }

  private void sync(StoreWriter writer) {
    syncs.lock();
    try {
      durableTo = writer.sync();
    } finally {
      syncs.unlock();
    }
    durable.accept(durableTo);
  }

  /**
   * What was written when the source fell silent is lost to nobody who goes on elsewhere; on a
   * thread of the watchdog's. A failure is one of the pass, as soon as that goes on.
   */
  private void syncIdle() {
    if (!syncs.tryLock()) {
      return;
    }
    try {
      StoreWriter writer = copying;
      if (writer != null && idleFailure == null && written > Math.max(idleTo, durableTo)) {
        idleTo = written;
        sync(writer);
      }
    } catch (RuntimeException e) {
      idleFailure = e;
    } finally {
      syncs.unlock();
    }
  }

  /** Waits for the sync on its way, if there is one, whether or not this thread is interrupted. */
  private void endSync() {
    try {
      syncing.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof VitrineException failure) {
        throw failure;
      }
      throw e;
    } finally {
      syncing = CompletableFuture.completedFuture(null);
    }
    RuntimeException idle = idleFailure;
    if (idle != null) {
      throw idle;
    }
  }

  /** For a pass that fails: the reason stays what it is, whatever becomes of this. */
  private void keepWhatIsWritten(StoreWriter writer, Exception reason) {
    try {
      endSync();
      boolean anotherAttempt = !(reason instanceof VitrineException e) || e.isTransient();
      if (anotherAttempt && position > syncingTo) {
        sync(writer);
      }
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    digests.abandon();
  }
}
