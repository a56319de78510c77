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
  private final HeartbeatDetails details =
      new HeartbeatDetails(
          new TransferHeartbeat("transfer", 250, 1000L, 0, 1, null, 0),
          new Route("http://images.example/a", "store 'main'"),
          Duration.ofSeconds(60),
          new Throughput(() -> TimeUnit.SECONDS.toNanos(seconds)),
          clock);

  @Test
  void saysHowFarItIsWhileDataComes() {
    details.opened(0);
    seconds = 1;
    details.came(500);
    seconds = 2;

    assertThat(details.current())
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
                0,
                null));
  }

  @Test
  void saysSinceWhenNothingComes() {
    details.opened(250);
    seconds = 1;
    details.came(500);
    seconds = 35;

    assertThat(details.current().bytesPerSecond()).isZero();
    assertThat(details.current().secondsSinceLastByte()).isEqualTo(34);
    assertThat(details.current().waiting())
        .isEqualTo(
            "no data after 750 bytes from http://images.example/a since 2026-01-01T08:00:01Z; this"
                + " attempt ends at 2026-01-01T08:01:01Z if that stays so");
    details.came(1);
    assertThat(details.current().waiting()).isNull();
  }

  @Test
  void saysTheSameForAsLongAsNothingChanges() {
    seconds = 7;
    String said = details.current().waiting();
    seconds = 8;
    assertThat(said).isNotNull();
    assertThat(details.current().waiting()).isEqualTo(said);
  }

  @Test
  void saysThatTheSourceHasNotAnswered() {
    seconds = 7;
    assertThat(details.current().waiting())
        .startsWith("no answer from http://images.example/a since 2026-01-01T08:00:00Z");
  }

  @Test
  void saysWhatElseItWaitsFor() {
    details.waitFor("another attempt");
    seconds = 7;
    assertThat(details.current().waiting()).isEqualTo("another attempt");
    details.waitFor(null);
    details.opened(0);
    details.came(1);
    assertThat(details.current().waiting()).isNull();
  }
}
