package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException;
import dev.vitrine.source.OpenSource;
import dev.vitrine.source.Waiting;
import dev.vitrine.thread.DaemonThreads;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens sources that answer at once. Safe for use by many threads.
 *
 * @param most bytes of what counts as small; 0 for none
 * @param patience how long one may take to answer
 */
record SmallSources(long most, Duration patience, ExecutorService threads) {

  SmallSources(long most, Duration patience) {
    this(most, patience, Executors.newCachedThreadPool(DaemonThreads.named("vitrine-source")));
  }

  /** Opens a source. */
  interface Opener {
    OpenSource open(Waiting waiting) throws InterruptedException;
  }

  boolean isSmall(@Nullable Long size) {
    return size != null && size <= most;
  }

  /** The source, of any size; null if it does not answer at once, or fails. */
  @Nullable OpenSource open(Opener opener) {
    if (most == 0) {
      return null;
    }
    Opening opening = new Opening();
    Future<@Nullable OpenSource> opened = threads.submit(() -> opening.keep(opener.open(opening)));
    try {
      return opened.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException tooSlow) {
      boolean unused = opened.cancel(true);
      opening.giveUp();
      return null;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof VitrineException) {
        return null;
      }
      throw new IllegalStateException("a source was not opened", failed.getCause());
    } catch (InterruptedException e) {
      opening.giveUp();
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** One that is being opened, or was; nothing of it is left open once it is given up. */
  private static final class Opening implements Waiting {

    private @Nullable Closeable blocking;
    private @Nullable OpenSource opened;
    private boolean givenUp;

    @Override
    public synchronized void blocksOn(@Nullable Closeable blocking) {
      this.blocking = blocking;
      if (givenUp) {
        close(blocking);
      }
    }

    @Override
    public void waitsFor(@Nullable String what) {}

    synchronized @Nullable OpenSource keep(OpenSource source) {
      opened = source;
      if (givenUp) {
        close(source.stream());
        return null;
      }
      return source;
    }

    synchronized void giveUp() {
      givenUp = true;
      close(blocking);
      if (opened != null) {
        close(opened.stream());
      }
    }

    private static void close(@Nullable Closeable open) {
      try {
        if (open != null) {
          open.close();
        }
      } catch (IOException e) {
        // Nobody wants it any more.
      }
    }
  }
}
