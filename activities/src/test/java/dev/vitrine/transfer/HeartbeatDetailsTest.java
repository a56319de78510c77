package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.transfer.HeartbeatDetails.Route;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What people read of a transfer, second by second. */
class HeartbeatDetailsTest {

  private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");

  private long seconds;
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return START.plusSeconds(seconds);
        }

        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };
  private final HeartbeatDetails live =
      new HeartbeatDetails(
          new TransferHeartbeat("transfer", 250, 1000L, 0, 1, null, 0),
          new Route("http://images.example/a", "store 'main'"),
          Duration.ofSeconds(60),
          new Throughput(() -> TimeUnit.SECONDS.toNanos(seconds)),
          clock);

  @Test
  void saysHowFarItIsWhileDataComes() {
    live.opened(0);
    seconds = 1;
    live.came(500);
    seconds = 2;

    assertThat(live.current())
        .isEqualTo(
            new TransferHeartbeat(
                "transfer",
                250,
                1000L,
                25,
                250,
                1L,
                null,
                "http://images.example/a",
                "store 'main'",
                1,
                null,
                0));
  }

  @Test
  void saysSinceWhenNothingComes() {
    live.opened(250);
    seconds = 1;
    live.came(500);
    seconds = 35;

    assertThat(live.current().bytesPerSecond()).isZero();
    assertThat(live.current().secondsSinceLastByte()).isEqualTo(34);
    assertThat(live.current().waiting())
        .isEqualTo(
            "no data after 750 bytes from http://images.example/a since 2026-01-01T08:00:01Z; this"
                + " attempt ends at 2026-01-01T08:01:01Z if that stays so");
    live.came(1);
    assertThat(live.current().waiting()).isNull();
  }

  @Test
  void saysTheSameForAsLongAsNothingChanges() {
    seconds = 7;
    String said = live.current().waiting();
    seconds = 8;
    assertThat(said).isNotNull();
    assertThat(live.current().waiting()).isEqualTo(said);
  }

  @Test
  void saysThatTheSourceHasNotAnswered() {
    seconds = 7;
    assertThat(live.current().waiting())
        .startsWith("no answer from http://images.example/a since 2026-01-01T08:00:00Z");
  }

  @Test
  void saysWhatElseItWaitsFor() {
    live.waitFor("another attempt");
    seconds = 7;
    assertThat(live.current().waiting()).isEqualTo("another attempt");
    live.waitFor(null);
    live.opened(0);
    live.came(1);
    assertThat(live.current().waiting()).isNull();
  }
}
