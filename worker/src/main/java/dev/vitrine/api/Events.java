package dev.vitrine.api;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.guard.GuardedAudit;
import dev.vitrine.guard.GuardedAudit.EventPage;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Exchange;
import dev.vitrine.http.HttpProblem;
import dev.vitrine.http.Route;
import dev.vitrine.listing.AuditEntry;
import dev.vitrine.thread.DaemonThreads;
import dev.vitrine.webhook.EventDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Collectors;

/**
 * Vitrine's own: every change of a status as it happens, as webhooks are told it; a page of it, or
 * a stream that goes on from where its client says it has got to.
 */
final class Events {

  private static final String PATH = "/v2/events";
  private static final String EVENT_STREAM = "text/event-stream";
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int THREADS = 2;
  private static final int BATCH = 100;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Opens a stream that has nothing to say yet. */
  private static final byte[] NOTHING_YET = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private final GuardedAudit audit;
  private final FairLimit streams;
  private final SharedPolling<Follower, byte[]> looks =
      new SharedPolling<>(
          EVERY, new ScheduledThreadPoolExecutor(THREADS, DaemonThreads.named("vitrine-events")));

  /**
   * @param streams how many there may be at once, and of one caller
   */
  Events(GuardedAudit audit, FairLimit streams) {
    this.audit = audit;
    this.streams = streams;
  }

  List<Route> routes() {
    return List.of(Route.streaming("GET", PATH, this::serve));
  }

  private void serve(Call call, Exchange exchange) {
    Requester by = call.requester();
    Optional<Long> after =
        call.header("Last-Event-ID").or(() -> call.query("after")).map(text -> number(text));
    if (call.asksFor(EVENT_STREAM)) {
      follow(exchange, by, after.orElseGet(() -> audit.lastEvent(by)));
    } else {
      exchange.answer(page(by, after.orElse(0L), PageLinks.limit(call)));
    }
  }

  private Answer page(Requester by, long after, int limit) {
    EventPage page = audit.events(by, after, limit);
    String events = page.visible().stream().map(EventDocument::of).collect(Collectors.joining(","));
    String json = "{\"events\":[%s],\"last\":%d}".formatted(events, page.last());
    return Answer.json(200, json.getBytes(StandardCharsets.UTF_8));
  }

  private void follow(Exchange exchange, Requester by, long after) {
    String caller = by.user() + "/" + by.project();
    switch (streams.take(caller)) {
      case TAKEN -> {}
      case NONE_LEFT ->
          throw new Unavailable("this process has as many event streams as it may; try again");
      case SHARE_USED_UP ->
          throw new HttpProblem(
              TOO_MANY_REQUESTS,
              "you have as many event streams as you may at once; close one of them first",
              Map.of("Retry-After", "5"));
    }
    exchange.events(
        stream -> {
          Follower follower = new Follower(stream, by, after);
          Runnable end = looks.watch(follower, follower);
          return () -> {
            end.run();
            streams.give(caller);
          };
        });
  }

  private static long number(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new Invalid("event '%s': give the number of the last event you have".formatted(text));
    }
    return Long.parseLong(text);
  }

  /** One client, and where it is. What it has not taken yet is not added to. */
  private final class Follower implements SharedPolling.Listener<byte[]> {

    private final Exchange.EventSink stream;
    private final Requester by;
    private long at;
    private byte[] told = NOTHING_YET;

    Follower(Exchange.EventSink stream, Requester by, long at) {
      this.stream = stream;
      this.by = by;
      this.at = at;
    }

    @Override
    public byte[] look() {
      if (stream.isTaken()) {
        EventPage page = audit.events(by, at, BATCH);
        at = page.last();
        if (!page.visible().isEmpty()) {
          told =
              page.visible().stream()
                  .map(Events::frame)
                  .collect(Collectors.joining())
                  .getBytes(StandardCharsets.UTF_8);
        }
      }
      return told;
    }

    @Override
    public void seen(byte[] frames) {
      stream.next(Exchange.Event.framed(frames));
    }

    @Override
    public void failed(RuntimeException why) {
      stream.failed(why);
    }
  }

  private static String frame(AuditEntry entry) {
    return "id: %d\nevent: %s.status\ndata: %s\n\n"
        .formatted(entry.id(), entry.noun(), EventDocument.of(entry));
  }
}
