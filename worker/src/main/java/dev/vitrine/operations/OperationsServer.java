package dev.vitrine.operations;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.http.Answer;
import dev.vitrine.http.HttpLimits;
import dev.vitrine.http.HttpService;
import dev.vitrine.http.InboundRules;
import dev.vitrine.http.Json;
import dev.vitrine.http.LeastRate;
import dev.vitrine.http.RequestObserver;
import dev.vitrine.http.Route;
import dev.vitrine.http.Router;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers operators' machines on a port of its own, whatever the process serves beside it: {@code
 * /live}, {@code /ready} and {@code /metrics}. Whoever reaches it may ask; it says no more than
 * that and how much is done.
 */
public final class OperationsServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OperationsServer.class);

  private static final int UNAVAILABLE = 503;

  /** Kubernetes asks again after a second by default. */
  private static final Duration PATIENCE = Duration.ofMillis(900);

  /** What is counted in the registry is as old as that, however many ask. */
  private static final Duration COUNTED_EVERY = Duration.ofSeconds(15);

  private static final LeastRate SLOW = new LeastRate(1, Duration.ofSeconds(30));

  private static final HttpLimits LIMITS =
      new HttpLimits(
          8 << 10,
          0,
          0,
          64,
          8,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          SLOW,
          SLOW);

  private final Subject subject;
  private final Measurements measurements;
  private final LongSupplier nanoTime;
  private final Health needs;
  private final Health uses;
  private long countedAt;
  private final HttpService service;

  private OperationsServer(
      InetSocketAddress address,
      Subject subject,
      Measurements measurements,
      LongSupplier nanoTime) {
    this.subject = subject;
    this.measurements = measurements;
    this.nanoTime = nanoTime;
    this.needs = new Health(subject.needs(), PATIENCE);
    this.uses = new Health(subject.uses(), PATIENCE);
    this.countedAt = nanoTime.getAsLong() - COUNTED_EVERY.toNanos();
    measurements.gauge(
        "vitrine.ready",
        "Whether a balancer may send requests here",
        () -> subject.isReady() ? 1 : 0);
    this.service =
        HttpService.start(
            address,
            new Router(
                Stream.of(
                        Route.readable("/live", call -> live()),
                        Route.readable("/ready", call -> ready()),
                        Route.readable("/metrics", call -> metrics()))
                    .flatMap(List::stream)
                    .toList()),
            request -> CompletableFuture.failedFuture(new Forbidden("nothing here asks who calls")),
            LIMITS,
            new InboundRules(null, peer -> false, null, null),
            false,
            null,
            RequestObserver.NONE);
  }

  /**
   * Starts listening.
   *
   * @param address port 0 for any that is free
   * @throws dev.vitrine.error.VitrineException.Unavailable if the address can't be had
   */
  public static OperationsServer start(
      InetSocketAddress address, Subject subject, Measurements measurements) {
    return start(address, subject, measurements, System::nanoTime);
  }

  static OperationsServer start(
      InetSocketAddress address,
      Subject subject,
      Measurements measurements,
      LongSupplier nanoTime) {
    return new OperationsServer(address, subject, measurements, nanoTime);
  }

  /** Where it listens, {@code http://127.0.0.1:9464}. */
  public String url() {
    return service.url();
  }

  /** That it answers is the answer: what it needs may be away, and a new process would not help. */
  private static Answer live() {
    return text(200, "text/plain", "live\n");
  }

  private Answer ready() {
    boolean started = subject.isReady();
    Map<String, String> needed = needs.ask();
    boolean ready = started && needed.values().stream().allMatch(Health.OK::equals);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ready", ready);
    document.put("process", started ? Health.OK : "it is starting, or stopping");
    document.put("needs", needed);
    document.put("uses", uses.ask());
    return Answer.json(ready ? 200 : UNAVAILABLE, Json.write(document));
  }

  private Answer metrics() {
    count();
    return text(200, "text/plain; version=0.0.4; charset=utf-8", measurements.scrape());
  }

  private synchronized void count() {
    if (nanoTime.getAsLong() - countedAt < COUNTED_EVERY.toNanos()) {
      return;
    }
    countedAt = nanoTime.getAsLong();
    try {
      measurements.update(subject.inTransit(), subject.webhooks());
    } catch (VitrineException e) {
      log.debug("What is in transit could not be counted", e);
    }
  }

  private static Answer text(int status, String type, String text) {
    return new Answer(status, Map.of("Content-Type", type), text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    service.close();
  }
}
