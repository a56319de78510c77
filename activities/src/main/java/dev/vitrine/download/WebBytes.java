package dev.vitrine.download;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.source.OpenSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reads a web source's answer, and closes one that falls silent. */
final class WebBytes implements Download.Bytes {

  private final OpenSource source;
  private final ReadableByteChannel channel;
  private final Duration timeout;
  private final ScheduledExecutorService timer;
  private volatile boolean stalled;

  /**
   * @param timeout how long the source may send nothing
   */
  WebBytes(OpenSource source, Duration timeout, ScheduledExecutorService timer) {
    this.source = source;
    this.channel = Channels.newChannel(source.stream());
    this.timeout = timeout;
    this.timer = timer;
  }

  /** Reads and forgets what comes before the offset, for a source that can't leave it out. */
  void skipTo(long offset) {
    ByteBuffer skipped = ByteBuffer.allocate(1 << 16);
    for (long at = source.offset(); at < offset; ) {
      skipped.clear().limit((int) Math.min(skipped.capacity(), offset - at));
      int read = read(skipped, at);
      if (read < 0) {
        throw new Unavailable("%s has only %d bytes".formatted(source.display(), at));
      }
      at += read;
    }
  }

  @Override
  public int read(ByteBuffer into, long position) {
    Future<?> silence =
        timer.schedule(
            () -> {
              stalled = true;
              closeStream();
            },
            timeout.toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      int read = channel.read(into);
      if (stalled) {
        throw stalled(position);
      }
      return read;
    } catch (IOException e) {
      throw stalled ? stalled(position) : source.brokeOff(position, e);
    } finally {
      silence.cancel(false);
    }
  }

  private VitrineException stalled(long position) {
    return source.stalled(position, timeout.toMillis());
  }

  @Override
  public void close() {
    closeStream();
  }

  /** Not the channel: its closing waits for the read that is to be ended. */
  private void closeStream() {
    try {
      source.stream().close();
    } catch (IOException e) {
      // It is the read that reports what became of the source.
    }
  }
}
