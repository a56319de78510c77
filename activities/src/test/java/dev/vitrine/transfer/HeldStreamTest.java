package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.source.HeldStreams;
import dev.vitrine.store.StoreWriter;
import io.temporal.client.ActivityCanceledException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Streams of clients, which can be read only once. */
class HeldStreamTest extends TransferFixture {

  private Source held(InputStream stream, @Nullable Long size) {
    return new Source.HeldStream("queue", streams.hold(stream, size));
  }

  @Test
  void readsAHeldStreamOnce() throws IOException {
    Source source = held(new ByteArrayInputStream(data), 10_000L);
    assertThat(transfer(source, ExpectedData.NONE)).isEqualTo(digests(data));
    assertStored(data);
    location = registry.location("main", LocationStatus.PENDING);
    assertThat(
            failure(SourceUnusable.class, () -> transfer(source, ExpectedData.NONE))
                .getOriginalMessage())
        .contains("the process that held the stream is gone");
  }

  @Test
  void forgetsAReleasedStream() {
    String handle = streams.hold(new ByteArrayInputStream(data), null);
    streams.release(handle);
    Source source = new Source.HeldStream("queue", handle);
    failure(SourceUnusable.class, () -> transfer(source, ExpectedData.NONE));
  }

  @Test
  void takesABrokenStreamAsFinalAndKeepsNothing() throws IOException {
    InputStream breaks =
        new InputStream() {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    Source source = held(new SequenceInputStream(new ByteArrayInputStream(data), breaks), null);
    assertThat(
            failure(SourceUnusable.class, () -> transfer(source, ExpectedData.NONE))
                .getOriginalMessage())
        .contains("broke off after 10000 bytes: connection reset")
        .contains("upload again");
    assertNothingStored();
  }

  @Test
  void takesAShortStreamAsFinal() throws IOException {
    Source source = held(new ByteArrayInputStream(data), 10_001L);
    assertThat(
            failure(SourceUnusable.class, () -> transfer(source, ExpectedData.NONE))
                .getOriginalMessage())
        .contains("ended after 10000 of 10001 bytes");
    assertNothingStored();
  }

  @Test
  void takesAStoreThatFailsUnderAStreamAsFinal() {
    try (StoreWriter zombie = store.create(location.key())) {
      Source source = held(new ByteArrayInputStream(data), null);
      assertThat(
              failure(SourceUnusable.class, () -> transfer(source, ExpectedData.NONE))
                  .getOriginalMessage())
          .contains("another attempt still writes");
      assertThat(zombie.position()).isZero();
    }
  }

  @Test
  void keepsTheStreamWhileTheStoreIsAwayBeforeItIsRead() throws IOException {
    Path marker = directory.resolve("store/.partial");
    Files.delete(marker);
    Source source = held(new ByteArrayInputStream("data".getBytes(UTF_8)), 4L);
    failure(Unavailable.class, () -> transfer(source, ExpectedData.NONE));
    Files.createDirectory(marker);
    assertThat(transfer(source, ExpectedData.NONE).size()).isEqualTo(4);
  }

  @Test
  void takesALongStreamAsFinal() throws IOException {
    Source source = held(new ByteArrayInputStream(data), 9_999L);
    assertThat(
            failure(SourceUnusable.class, () -> transfer(source, ExpectedData.NONE))
                .getOriginalMessage())
        .startsWith("the uploaded stream gave more than the 9999 bytes it announced");
    assertNothingStored();
  }

  @Test
  void givesUpAStreamWithoutASizeThatFallsSilent() throws IOException {
    configure(100_000, Duration.ofMillis(500), true);
    Silent silent = new Silent(data);
    Source source = held(silent, null);
    assertThat(
            failure(SourceUnusable.class, () -> transfer(source, ExpectedData.NONE))
                .getOriginalMessage())
        .startsWith("the uploaded stream sent nothing for 500 ms, after 10000 bytes")
        .contains("upload again");
    assertNothingStored();
  }

  @Test
  void letsAStreamPauseForAsLongAsItsHolderSays() {
    assertThat(new HeldStreams().patience(Duration.ofSeconds(60)))
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(new HeldStreams(Duration.ofMinutes(5)).patience(Duration.ofSeconds(60)))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void endsAPauseByTheHoldersMeasure() {
    streams = new HeldStreams(Duration.ofMillis(300));
    configure(100_000, Duration.ofSeconds(60), true);
    Source source = held(new Silent(data), null);
    assertThat(
            failure(SourceUnusable.class, () -> transfer(source, ExpectedData.NONE))
                .getOriginalMessage())
        .startsWith("the uploaded stream sent nothing for 300 ms, after 10000 bytes");
  }

  @Test
  void isTornFromAStreamThatWaitsByACancellation() throws Exception {
    Silent silent = new Silent(data);
    TransferRequest request = request(held(silent, null), ExpectedData.NONE);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      ActivityAttempt first = activity.next();
      Future<?> attempt = thread.submit(() -> activities.transfer(request, first));
      silent.reached.await();
      activity.tell(new ActivityCanceledException());
      assertThatThrownBy(attempt::get).hasCauseInstanceOf(ActivityCanceledException.class);
      assertThat(thread.submit(Thread::interrupted).get()).isFalse();
    } finally {
      thread.shutdownNow();
    }
  }

  /** Gives what it has, then nothing, neither more nor an end, until it is closed. */
  private static final class Silent extends InputStream {

    final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final InputStream first;

    Silent(byte[] bytes) {
      first = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = first.read(into, offset, length);
      if (read >= 0) {
        return read;
      }
      reached.countDown();
      // As a read of a connection may: an interrupt doesn't end it.
      boolean interrupted = false;
      while (closed.getCount() > 0) {
        try {
          closed.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("closed");
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
