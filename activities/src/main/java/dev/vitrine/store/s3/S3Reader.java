package dev.vitrine.store.s3;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.StoreReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;

/**
 * A published object that is open. Reading on where the last read ended goes on with the same
 * answer; reading elsewhere makes a new request. An answer that breaks off is asked for once more.
 */
final class S3Reader implements StoreReader {

  private static final int TRIES = 2;
  private static final int STEP = 64 << 10;

  private final S3Objects objects;
  private final String owner;
  private final String key;
  private final StoredObject object;
  private final byte[] step = new byte[STEP];
  private volatile boolean closed;
  private volatile @Nullable S3Stream stream;
  private long at;

  S3Reader(S3Objects objects, String owner, String key, StoredObject object) {
    this.objects = objects;
    this.owner = owner;
    this.key = key;
    this.object = object;
  }

  @Override
  public long size() {
    return object.size();
  }

  @Override
  public synchronized int read(ByteBuffer into, long position) {
    if (closed) {
      throw new Unavailable("%s: the reader of %s is closed".formatted(owner, key));
    }
    if (position >= size()) {
      return -1;
    }
    if (!into.hasRemaining()) {
      return 0;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return some(at(position), into);
      } catch (IOException | VitrineException e) {
        giveUp();
        if (Thread.currentThread().isInterrupted()) {
          close();
        }
        if (closed || attempt == TRIES || !worthAnother(e)) {
          throw unavailable(position, e);
        }
      }
    }
  }

  private static boolean worthAnother(Exception e) {
    return !(e instanceof NotFound);
  }

  private Unavailable unavailable(long position, Exception e) {
    return e instanceof Unavailable known
        ? known
        : new Unavailable(
            "%s: reading %s broke off after %d of %d bytes: %s"
                .formatted(owner, key, position, size(), e.getMessage()));
  }

  private S3Stream at(long position) throws IOException {
    S3Stream open = stream;
    if (open != null && at == position) {
      return open;
    }
    giveUp();
    ResponseInputStream<?> answer =
        objects.open(key, position, object.etag().isEmpty() ? null : object.etag());
    if (answer == null) {
      throw new IOException("it has become shorter");
    }
    S3Stream opened = new S3Stream(answer);
    stream = opened;
    at = position;
    if (closed) {
      giveUp();
      throw new IOException("the reader was closed");
    }
    return opened;
  }

  private int some(S3Stream from, ByteBuffer into) throws IOException {
    int length = Math.min(into.remaining(), step.length);
    int read = from.read(step, 0, length);
    if (read < 0) {
      throw new IOException("it ended early");
    }
    into.put(step, 0, read);
    at += read;
    return read;
  }

  private void giveUp() {
    S3Stream open = stream;
    stream = null;
    if (open != null) {
      open.close();
    }
  }

  /** Not synchronized: it ends a read of another thread. */
  @Override
  public void close() {
    closed = true;
    giveUp();
  }
}
