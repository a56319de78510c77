package dev.vitrine.remote;

import dev.vitrine.thread.DaemonThreads;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A stream that fails once nothing has come for so long: the JDK's client would wait for ever for a
 * server that has gone without a word. For one thread.
 */
final class IdleTimeoutStream extends FilterInputStream {

  private static final ScheduledExecutorService WATCH = watch();

  private final Duration patience;
  private volatile boolean late;

  IdleTimeoutStream(InputStream stream, Duration patience) {
    super(stream);
    this.patience = patience;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (in.available() > 0) {
      return in.read(bytes, offset, length);
    }
    ScheduledFuture<?> alarm =
        WATCH.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      int read = in.read(bytes, offset, length);
      if (late) {
        throw silent();
      }
      return read;
    } catch (IOException e) {
      throw late ? silent() : e;
    } finally {
      alarm.cancel(false);
    }
  }

  private IOException silent() {
    return new IOException("nothing came for %d seconds".formatted(patience.toSeconds()));
  }

  private void giveUp() {
    late = true;
    try {
      in.close();
    } catch (IOException e) {
      // The reader is told anyway.
    }
  }

  private static ScheduledExecutorService watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(1, DaemonThreads.named("vitrine-download-watch"));
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }
}
