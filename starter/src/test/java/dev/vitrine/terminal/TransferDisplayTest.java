package dev.vitrine.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransferDisplayTest {

  private static final long KIB = 1024;

  private final StringWriter err = new StringWriter();
  private final AtomicLong clock = new AtomicLong();
  private final TransferDisplay transfer =
      new TransferDisplay(
          new ProgressDisplay(new PrintWriter(err, true), () -> 100, true, false, "upload"),
          "upload",
          clock::get);

  @Test
  void showsNowAndThenAndAlwaysTheEnd() {
    transfer.transferred(0, 100 * KIB);
    transfer.transferred(10 * KIB, 100 * KIB);
    pass(Duration.ofMillis(500));
    transfer.transferred(50 * KIB, 100 * KIB);
    transfer.transferred(60 * KIB, 100 * KIB);
    pass(Duration.ofMillis(100));
    transfer.transferred(100 * KIB, 100 * KIB);

    assertThat(err.toString().split("\r\u001B\\[K", -1))
        .containsExactly(
            "",
            "upload [                        ]   0%  0 B / 100.0 KiB",
            "upload [============            ]  50%  50.0 KiB / 100.0 KiB  100.0 KiB/s  ETA 0:00",
            "upload [========================] 100%  100.0 KiB / 100.0 KiB  166.7 KiB/s  ETA 0:00");
  }

  @Test
  void whatWasHereBeforeDoesNotCountForTheRate() {
    transfer.transferred(90 * KIB, 100 * KIB);
    pass(Duration.ofSeconds(1));
    transfer.transferred(95 * KIB, 100 * KIB);

    assertThat(err.toString()).contains("95%  95.0 KiB / 100.0 KiB  5.0 KiB/s  ETA 0:01");
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
