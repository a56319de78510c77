package dev.vitrine.api;

import dev.vitrine.access.ImageOperation;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Exchange;
import dev.vitrine.http.HttpProblem;
import dev.vitrine.http.Route;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.ImportFields;
import dev.vitrine.process.ExecutionState;
import dev.vitrine.process.Processes;
import dev.vitrine.task.Progress;
import dev.vitrine.task.Task;
import dev.vitrine.thread.DaemonThreads;
import dev.vitrine.workflow.WorkflowIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

  /** Look at the things that streams are about; what they wait for holds up nothing else. */
  private static final int THREADS = 4;

  private static final int TOO_MANY_REQUESTS = 429;

  private final GuardedImages images;
  private final Processes processes;
  private final Tasks tasks;
  private final FairLimit streams;
  private final SharedPolling<Watched, ProgressDocument> watches =
      new SharedPolling<>(EVERY, threads());

  /**
   * What is looked at once for all who listen. A client chooses the ids of its images, and so may
   * take that of another's task.
   */
  private record Watched(String noun, UUID id) {}

  /**
   * @param streams how many there may be at once, and of one caller
   */
  ProgressReports(GuardedImages images, Processes processes, Tasks tasks, FairLimit streams) {
    this.images = images;
    this.processes = processes;
    this.tasks = tasks;
    this.streams = streams;
  }

  private static ScheduledExecutorService threads() {
    ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(THREADS, DaemonThreads.named("vitrine-progress"));
    threads.setRemoveOnCancelPolicy(true);
    threads.setKeepAliveTime(10, TimeUnit.SECONDS);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  List<Route> routes() {
    return List.of(
        Route.streaming("GET", "/v2/images/{id}/progress", this::ofImage),
        Route.streaming("GET", "/v2/tasks/{id}/progress", this::ofTask));
  }

  private void ofImage(Call call, Exchange exchange) {
    UUID id = Ids.inPath("image", call.parameter("id"));
    images.require(ImageOperation.SHOW_HISTORY, id, call.requester());
    report(
        call,
        exchange,
        new Watched("image", id),
        () ->
            image(
                images
                    .find(id, call.requester())
                    .orElseThrow(() -> new NotFound("image %s is there no more".formatted(id)))));
  }

  private void ofTask(Call call, Exchange exchange) {
    UUID id = tasks.require(call).id();
    report(call, exchange, new Watched("task", id), () -> task(tasks.require(call)));
  }

  private ProgressDocument image(Image image) {
    String status = image.status().wireName();
    boolean importing =
        image.status() == ImageStatus.IMPORTING || ImportFields.isImporting(image.properties());
    boolean uploading =
        image.status() == ImageStatus.SAVING || image.status() == ImageStatus.UPLOADING;
    if (!importing && !uploading) {
      return new ProgressDocument(status, null, null, true);
    }
    try {
      ExecutionState work = work(image.id(), importing);
      return image.status() == ImageStatus.UPLOADING && work.ended()
          ? new ProgressDocument(status, null, "staged; it waits for its import", true)
          : new ProgressDocument(status, work.progress(), message(work), false);
    } catch (NotFound lost) {
      return new ProgressDocument(
          status,
          null,
          "its %s is lost; reconciliation settles the image"
              .formatted(importing ? "import" : "upload"),
          false);
    }
  }

  /** How the workflow does that brings the image's data. */
  private ExecutionState work(UUID id, boolean importing) {
    ImageUploads uploads = images.uploads(id);
    return Optional.ofNullable(uploads.workflowId())
        .filter(workflow -> importing)
        .flatMap(WorkflowIds::taskOf)
        .map(task -> processes.task(UUID.fromString(task)).state())
        .orElseGet(() -> processes.upload(id, uploads).state());
  }

  /** The transfer's own words, if it has any, say more than what the server knows. */
  private static @Nullable String message(ExecutionState upload) {
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

  /**
   * @param look on behalf of the caller; throws if the caller may see it no more
   */
  private void report(Call call, Exchange exchange, Watched what, Supplier<ProgressDocument> look) {
    if (!call.asksFor(EVENT_STREAM)) {
      exchange.answer(Answer.json(200, look.get().bytes()));
      return;
    }
    String caller = call.requester().user() + "/" + call.requester().project();
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
          Runnable end = watches.watch(what, new Told(stream, look));
          return () -> {
            end.run();
            streams.give(caller);
          };
        });
  }

  /** One caller's stream, and how the caller would look. */
  private record Told(Exchange.EventSink stream, Supplier<ProgressDocument> own)
      implements SharedPolling.Listener<ProgressDocument> {

    @Override
    public ProgressDocument look() {
      return own.get();
    }

    @Override
    public void seen(ProgressDocument what) {
      stream.next(new Exchange.Event(what.bytes(), what.over()));
    }

    @Override
    public void failed(RuntimeException why) {
      stream.failed(why);
    }
  }
}
