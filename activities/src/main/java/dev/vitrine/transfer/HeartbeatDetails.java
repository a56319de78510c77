package dev.vitrine.transfer;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.activity.TransferHeartbeat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat's details as they are at the moment they are sent. The SDK holds on to the last
 * details given, sends them when its throttle allows, and once more with the failure that ends an
 * attempt. When a worker shuts down it accepts no new details, but still sends these: through this
 * object the next attempt learns of every byte that was made durable in the end.
 */
final class HeartbeatDetails {

  /** A source that gives nothing for less than this is only slow. */
  private static final long QUIET_SECONDS = 5;

  /** Where the data comes from and goes to, in words. */
  record Route(String from, String to) {}

  private final Route route;
  private final Duration patience;
  private final Throughput throughput;
  private final Clock clock;
  private volatile TransferHeartbeat current;
  private volatile boolean open;
  private volatile long offset;
  private volatile @Nullable String waiting;

  /**
   * @param patience how long a source may give nothing
   */
  HeartbeatDetails(TransferHeartbeat first, Route route, Duration patience) {
    this(first, route, patience, new Throughput(System::nanoTime), Clock.systemUTC());
  }

  HeartbeatDetails(
      TransferHeartbeat first, Route route, Duration patience, Throughput throughput, Clock clock) {
    this.current = first;
    this.route = route;
    this.patience = patience;
    this.throughput = throughput;
    this.clock = clock;
  }

  @JsonValue
  TransferHeartbeat current() {
    TransferHeartbeat now = current;
    return new TransferHeartbeat(
        now.step(),
        now.bytes(),
        now.total(),
        now.progress().percent(),
        throughput.bytesPerSecond(),
        throughput.sinceLast().toSeconds(),
        waiting(),
        route.from(),
        route.to(),
        now.attempt(),
        now.validator(),
        now.attemptsWithoutProgress(),
        now.token());
  }

  void update(TransferHeartbeat now) {
    current = now;
  }

  /**
   * The source is open: what doesn't come from now on is data, and not the answer.
   *
   * @param from where it goes on
   */
  void opened(long from) {
    offset = from - throughput.total();
    open = true;
    waiting = null;
  }

  /** So much has been read. */
  void came(long bytes) {
    throughput.count(bytes);
  }

  /** It waits for something else than the source. */
  void waitFor(@Nullable String what) {
    waiting = what;
  }

  private @Nullable String waiting() {
    String other = waiting;
    if (other != null) {
      return other;
    }
    Duration silent = throughput.sinceLast();
    if (silent.toSeconds() < QUIET_SECONDS) {
      return null;
    }
    Instant since = clock.instant().minus(silent);
    String what =
        open ? "no data after %d bytes".formatted(offset + throughput.total()) : "no answer";
    return "%s from %s since %s; this attempt ends at %s if that stays so"
        .formatted(what, route.from(), time(since), time(since.plus(patience)));
  }

  /** As people are told times. */
  static Instant time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }
}
