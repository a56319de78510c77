package dev.vitrine.webhook;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.web.WebAnswer;
import dev.vitrine.web.WebClient;
import dev.vitrine.web.WebFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends one event, once. */
final class Sender {

  /** What came of it. */
  sealed interface Outcome {

    /** Taken. */
    record Taken() implements Outcome {}

    /** Not taken, and never will be: the receiver says that this event is wrong. */
    record Refused(String why) implements Outcome {}

    /** Not taken now. */
    record Failed(String why) implements Outcome {}
  }

  /** Statuses by which a receiver speaks of this event, and not of itself. */
  private static final Set<Integer> OF_THE_EVENT = Set.of(400, 413, 415, 422);

  private final WebClient web;
  private final Clock clock;

  Sender(WebClient web, Clock clock) {
    this.web = web;
    this.clock = clock;
  }

  Outcome send(Endpoint endpoint, long event, String body) throws InterruptedException {
    Map<String, String> headers = new LinkedHashMap<>();
    try {
      // Signed anew each time: a receiver takes no signature that is minutes old.
      headers.putAll(Signer.of(endpoint).headers(EventDocument.id(event), clock.instant(), body));
    } catch (Unavailable noSecret) {
      return new Outcome.Failed(String.valueOf(noSecret.getMessage()));
    }
    headers.put("Content-Type", "application/json");
    @Nullable WebAnswer answer = null;
    try {
      answer =
          web.post(
              endpoint.url(), endpoint.display(), headers, body.getBytes(StandardCharsets.UTF_8));
      int status = answer.status();
      if (status >= 200 && status < 300) {
        return new Outcome.Taken();
      }
      String why = "%s answered %d".formatted(endpoint.display(), status);
      return OF_THE_EVENT.contains(status) ? new Outcome.Refused(why) : new Outcome.Failed(why);
    } catch (WebFailure failure) {
      return new Outcome.Failed(String.valueOf(failure.getMessage()));
    } finally {
      if (answer != null) {
        close(answer);
      }
    }
  }

  private static void close(WebAnswer answer) {
    try {
      answer.stream().close();
    } catch (IOException e) {
      // Its status is all that counts.
    }
  }
}
