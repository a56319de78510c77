package dev.vitrine.store;

import dev.vitrine.error.VitrineException.Unavailable;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A store that can be told at which step it fails. Its writers can't read back. */
public final class FailingStore implements SupportsResume {

  private final SupportsResume store;

  /** The method of the store or of its writers that fails; null for none. */
  public volatile @Nullable String failsIn;

  public FailingStore(SupportsResume store) {
    this.store = store;
  }

  /** The method that does not return before {@link #answers}; null for none. */
  public volatile @Nullable String hangsIn;

  /** Lets what hangs go on. */
  public final CountDownLatch answers = new CountDownLatch(1);

  private void step(String method) {
    if (method.equals(hangsIn)) {
      // As a mount that is gone: not even an interrupt ends it.
      boolean interrupted = false;
      while (answers.getCount() > 0) {
        try {
          answers.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (method.equals(failsIn)) {
      throw new Unavailable("store '%s' fails in %s".formatted(name(), method));
    }
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public OptionalLong size(String key) {
    step("size");
    return store.size(key);
  }

  @Override
  public InputStream open(String key, long offset) {
    return store.open(key, offset);
  }

  @Override
  public StoreReader reader(String key) {
    return store.reader(key);
  }

  @Override
  public StoreWriter create(String key, @Nullable Long size) {
    step("create");
    return new Writer(store.create(key, size));
  }

  @Override
  public boolean confirm(String key) {
    step("confirm");
    return store.confirm(key);
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }

  @Override
  public long unfinished(String key, @Nullable String token) {
    step("unfinished");
    return store.unfinished(key, token);
  }

  @Override
  public StoreWriter resume(String key, @Nullable String token, long offset) {
    step("resume");
    return new Writer(store.resume(key, token, offset));
  }

  private final class Writer implements StoreWriter {

    private final StoreWriter writer;

    Writer(StoreWriter writer) {
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
      step("write");
      writer.write(data);
    }

    @Override
    public long sync() {
      step("sync");
      return writer.sync();
    }

    @Override
    public void publish() {
      step("publish");
      writer.publish();
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
}
