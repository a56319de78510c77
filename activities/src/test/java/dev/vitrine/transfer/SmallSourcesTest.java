package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.source.OpenSource;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SmallSourcesTest {

  private static final int MOST = 100;

  private final SmallSources patient = new SmallSources(MOST, Duration.ofMinutes(1));
  private final SmallSources hasty = new SmallSources(MOST, Duration.ofMillis(1));
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Tells when it is closed. */
  private final InputStream stream =
      new ByteArrayInputStream(new byte[MOST]) {
        @Override
        public void close() {
          closed.countDown();
        }
      };

  private OpenSource source() {
    return new OpenSource("a source", stream, 0, (long) MOST, null, true);
  }

  @Test
  void countsWhatIsKnownToHaveAtMostThatSize() {
    assertThat(patient.isSmall(0L)).isTrue();
    assertThat(patient.isSmall((long) MOST)).isTrue();
    assertThat(patient.isSmall(MOST + 1L)).isFalse();
    assertThat(patient.isSmall(null)).isFalse();
  }

  @Test
  void leavesOpenWhatAnswersAtOnce() {
    OpenSource source = source();

    assertThat(patient.open(waiting -> source)).isSameAs(source);

    assertThat(closed.getCount()).isEqualTo(1);
  }

  @Test
  void asksNoSourceWhereNoneCountsAsSmall() {
    SmallSources none = new SmallSources(0, Duration.ofMinutes(1));

    assertThat(
            none.open(
                waiting -> {
                  throw new AssertionError("asked");
                }))
        .isNull();
  }

  /** How it fails, and whether it may be tried again, is found on the regular way. */
  @Test
  void leavesWhatFailsToOthers() {
    assertThat(
            patient.open(
                waiting -> {
                  throw new SourceUnusable("gone");
                }))
        .isNull();
    assertThatThrownBy(
            () ->
                patient.open(
                    waiting -> {
                      throw new IllegalArgumentException("a fault");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("a fault");
  }

  @Test
  void closesTheConnectionThatIsWaitedFor() throws Exception {
    CountDownLatch connection = new CountDownLatch(1);

    assertThat(
            hasty.open(
                waiting -> {
                  waiting.blocksOn((Closeable) connection::countDown);
                  awaitUninterrupted(connection);
                  throw new SourceUnusable("closed");
                }))
        .isNull();

    assertThat(connection.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closesASourceThatComesTooLate() throws Exception {
    CountDownLatch given = new CountDownLatch(1);

    assertThat(
            hasty.open(
                waiting -> {
                  awaitUninterrupted(given);
                  return source();
                }))
        .isNull();
    assertThat(closed.getCount()).isEqualTo(1);
    given.countDown();

    assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
  }

  /** As a read that takes no notice of it. */
  private static void awaitUninterrupted(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.onSpinWait();
    }
  }
}
