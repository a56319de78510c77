package dev.vitrine.api;

import dev.vitrine.access.ImageOperation;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Exchange;
import dev.vitrine.http.Route;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.process.Processes;
import dev.vitrine.process.Standing;
import dev.vitrine.registry.GuardedImages;
import dev.vitrine.task.Progress;
import dev.vitrine.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Vitrine's own: how far a running upload or task is, to ask for again and again, or as an event
 * stream that ends when there is nothing more to come.
 */
final class ProgressReports {

  private static final String EVENT_STREAM = "text/event-stream";

  /** As often as a transfer reports. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final GuardedImages images;
  private final Processes processes;
  private final Tasks tasks;

  ProgressReports(GuardedImages images, Processes processes, Tasks tasks) {
    this.images = images;
    this.processes = processes;
    this.tasks = tasks;
  }

  List<Route> routes() {
    return List.of(
        Route.streaming("GET", "/v2/images/{id}/progress", this::ofImage),
        Route.streaming("GET", "/v2/tasks/{id}/progress", this::ofTask));
  }

  private void ofImage(Call call, Exchange exchange) {
    UUID id = Ids.inPath("image", call.parameter("id"));
    images.require(ImageOperation.SHOW_HISTORY, id, call.requester());
    report(call, exchange, () -> image(id, call));
  }

  private void ofTask(Call call, Exchange exchange) {
    var unused = tasks.require(call);
    report(call, exchange, () -> task(tasks.require(call)));
  }

  private ProgressDocument image(UUID id, Call call) {
    Image image = images.find(id, call.requester()).orElseThrow();
    String status = image.status().wireName();
    if (image.status() != ImageStatus.SAVING) {
      return new ProgressDocument(status, null, null, true);
    }
    try {
      Standing upload = processes.upload(id).standing();
      return new ProgressDocument(status, upload.progress(), message(upload), false);
    } catch (NotFound lost) {
      return new ProgressDocument(
          status, null, "its upload is lost; reconciliation settles the image", false);
    }
  }

  /** The transfer's own words, if it has any, say more than what the server knows. */
  private static @Nullable String message(Standing upload) {
    Progress progress = upload.progress();
    if (progress != null && progress.waiting() != null) {
      return progress.waiting();
    }
    if (upload.lastFailure() != null) {
      return upload.lastFailure();
    }
    return upload.awaitedQueue() == null
        ? null
        : "no worker on the queue %s has taken it up yet".formatted(upload.awaitedQueue());
  }

  private static ProgressDocument task(Task task) {
    boolean over =
        switch (task.status()) {
          case PENDING, PROCESSING -> false;
          case SUCCESS, FAILURE -> true;
        };
    // What was reported last of a task that has ended is not how far it came.
    return new ProgressDocument(
        task.status().wireName(), over ? null : task.progress(), task.message(), over);
  }

  private static void report(Call call, Exchange exchange, Supplier<ProgressDocument> look) {
    if (!call.header("Accept").orElse("").contains(EVENT_STREAM)) {
      exchange.answer(Answer.json(200, look.get().bytes()));
      return;
    }
    exchange.events(
        EVERY,
        () -> {
          ProgressDocument document = look.get();
          return new Exchange.Event(document.bytes(), document.over());
        });
  }
}
