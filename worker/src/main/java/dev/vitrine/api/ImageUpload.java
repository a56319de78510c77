package dev.vitrine.api;

import dev.vitrine.access.ImageOperation;
import dev.vitrine.activity.Source;
import dev.vitrine.config.UploadSettings;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.CollectedBody;
import dev.vitrine.http.Exchange;
import dev.vitrine.http.HttpProblem;
import dev.vitrine.http.Route;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.StoreNames;
import dev.vitrine.process.Processes;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.thread.LogContext;
import dev.vitrine.thread.LogKey;
import dev.vitrine.workflow.ImageCaption;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT …/file} and {@code PUT …/stage}: the client's stream is held here and the upload's
 * workflow has it transferred by this process. The answer comes when the workflow has ended,
 * whether the body has or not.
 */
final class ImageUpload {

  /** How long another upload that has not begun is waited for. */
  private static final Duration OTHERS_END = Duration.ofSeconds(2);

  /** How long a small body is waited for before it goes on as a stream. */
  private static final Duration BODY_AT_ONCE = Duration.ofSeconds(1);

  /** How long this process waits for its own workflow worker, before it asks Temporal. */
  private static final Duration OWN_WORKER = Duration.ofMillis(500);

  private static final int REQUEST_TIMEOUT = 408;
  private static final long MOST_COLLECTED = Integer.MAX_VALUE - 8;
  private static final int GONE = 410;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final String MEDIA_TYPE = "application/octet-stream";
  private static final String DECLARED_SIZE = "x-openstack-image-size";
  private static final String STORE = "x-image-meta-store";

  private final GuardedImages images;
  private final Processes processes;
  private final Streams streams;
  private final StoreNames stores;
  private final FairLimit slots;
  private final long atOnce;
  private final boolean stages;

  /**
   * @param stores those that uploads may go to
   * @param settings how many streams at once
   * @param atOnce bytes up to which a body is collected, and uploaded within a workflow task
   * @param stages whether data may be staged for an import
   */
  ImageUpload(
      GuardedImages images,
      Processes processes,
      Streams streams,
      StoreNames stores,
      UploadSettings settings,
      long atOnce,
      boolean stages) {
    this.stages = stages;
    this.atOnce = Math.min(atOnce, MOST_COLLECTED);
    this.images = images;
    this.processes = processes;
    this.streams = streams;
    this.stores = stores;
    this.slots = new FairLimit(settings.concurrent(), settings.perProject());
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.streaming("PUT", "/v2/images/{id}/file", (call, to) -> upload(call, to, false)));
    if (stages) {
      routes.add(
          Route.streaming("PUT", "/v2/images/{id}/stage", (call, to) -> upload(call, to, true)));
    }
    return routes;
  }

  private void upload(Call call, Exchange exchange, boolean stage) {
    Image image;
    Long size;
    try {
      image = requireUploadable(call, stage);
      size = size(call, exchange);
      takeSlot(image.id(), call.requester().project());
    } catch (VitrineException | HttpProblem refused) {
      exchange.fail(refused);
      return;
    }
    collect(image, size, call, exchange, stage);
  }

  private void collect(
      Image image, @Nullable Long size, Call call, Exchange exchange, boolean stage) {
    exchange.awaitStream();
    long length = exchange.request().getLength();
    if (length < 0 || length > atOnce) {
      transfer(image, size, call, exchange, new CollectedBody(exchange.body(), false), stage);
      return;
    }
    var unused =
        exchange
            .collectBody((int) length, BODY_AT_ONCE)
            .whenComplete(
                (body, broken) -> {
                  if (broken == null) {
                    transfer(image, size, call, exchange, body, stage);
                  } else {
                    slots.give(call.requester().project());
                    exchange.fail(broken);
                  }
                });
  }

  private void takeSlot(UUID id, String project) {
    switch (slots.take(project)) {
      case TAKEN -> {}
      case NONE_LEFT ->
          throw new Unavailable(
              "image %s: this process takes no more uploads at present; try again".formatted(id));
      case SHARE_USED_UP ->
          throw new Unavailable(
              ("image %s: project %s has as many uploads at this process as it may have at once;"
                      + " try again when one of them is over")
                  .formatted(id, project));
    }
  }

  private Image requireUploadable(Call call, boolean stage) {
    UUID id = Ids.inPath("image", call.parameter("id"));
    Image image = images.require(operation(stage), id, call.requester());
    String type = call.mediaType().orElse("none");
    if (!type.equals(MEDIA_TYPE)) {
      throw new HttpProblem(
          UNSUPPORTED_MEDIA_TYPE,
          "image %s: the media type is %s: give %s".formatted(id, type, MEDIA_TYPE));
    }
    call.header(STORE).ifPresent(wanted -> requireTaking(id, wanted));
    requireQueued(image);
    if (image.diskFormat() == null || image.containerFormat() == null) {
      throw new Invalid(
          "image %s has no %s: set it before the upload"
              .formatted(id, image.diskFormat() == null ? "disk_format" : "container_format"));
    }
    return image;
  }

  private void requireTaking(UUID id, String store) {
    if (!stores.has(store)) {
      throw new Invalid(
          "image %s: %s '%s': there is no such store; there are %s"
              .formatted(id, STORE, store, stores));
    }
    stores.requireTaking("image " + id, store);
  }

  private static ImageOperation operation(boolean stage) {
    return stage ? ImageOperation.IMPORT : ImageOperation.UPLOAD;
  }

  private static void requireQueued(Image image) {
    if (image.status() != ImageStatus.QUEUED) {
      throw new Conflict(
          "image %s is %s: only a queued image takes data".formatted(image.id(), image.status()));
    }
  }

  /** What the client says of the length, in one way or two; null if nothing. */
  private static @Nullable Long size(Call call, Exchange exchange) {
    long length = exchange.request().getLength();
    Long declared = null;
    String header = call.header(DECLARED_SIZE).orElse(null);
    if (header != null) {
      if (!header.matches("\\d{1,18}")) {
        throw new Invalid("%s '%s': give a number of bytes".formatted(DECLARED_SIZE, header));
      }
      declared = Long.valueOf(header);
    }
    if (length < 0) {
      return declared;
    }
    if (declared != null && declared != length) {
      throw new Invalid(
          "%s says %d bytes and Content-Length %d: they have to be the same"
              .formatted(DECLARED_SIZE, declared, length));
    }
    return length;
  }

  private void transfer(
      Image image,
      @Nullable Long size,
      Call call,
      Exchange exchange,
      CollectedBody body,
      boolean stage) {
    Source.HeldStream held = null;
    String project = call.requester().project();
    try {
      held = streams.hold(body.stream(), size);
      Source.HeldStream source = held;
      UploadRequest upload =
          UploadRequest.ofQueued(image.id(), source, call.requester())
              .expecting(new ExpectedData(size, null, null))
              .into(call.header(STORE).orElse(null));
      UploadRequest request = stage ? upload.staging() : body.whole() ? upload.atHand() : upload;
      var unused =
          started(request, source, ImageCaption.of(image, size))
              .whenComplete(
                  (result, error) -> {
                    end(source, project);
                    if (error == null) {
                      answer(result, exchange);
                    } else {
                      exchange.fail(error);
                    }
                  });
    } catch (RuntimeException e) {
      end(held, project);
      exchange.fail(e);
    }
  }

  /**
   * An upload that was started and has not begun is met where its client went away at once: its
   * image is still shown queued, so that it is waited for, for a moment, before this one is
   * refused. It may have got its data after all, and then nothing is started.
   */
  private CompletableFuture<UploadResult> started(
      UploadRequest request, Source.HeldStream source, ImageCaption caption) {
    UUID id = request.imageId();
    ImageUploads before = images.uploads(id);
    try {
      return outcome(processes.startUpload(request, caption, before), request, source);
    } catch (Conflict running) {
      String other = WorkflowIds.upload(id, before.begun() + 1);
      Map<LogKey, String> about = LogContext.present();
      return processes
          .upload(id, new ImageUploads(before.begun() + 1, other))
          .result()
          .handle((result, error) -> true)
          .completeOnTimeout(false, OTHERS_END.toMillis(), TimeUnit.MILLISECONDS)
          .thenCompose(
              ended -> {
                if (!ended) {
                  throw running;
                }
                requireQueued(images.require(operation(request.stage()), id, request.by()));
                UploadHandle upload =
                    LogContext.during(
                        about, () -> processes.startUpload(request, caption, images.uploads(id)));
                return outcome(upload, request, source);
              });
    }
  }

  /**
   * What this process stored and recorded itself it needs not be told: an image that is {@code
   * active} in the registry stays so, whatever becomes of its workflow.
   */
  private CompletableFuture<UploadResult> outcome(
      UploadHandle upload, UploadRequest request, Source.HeldStream source) {
    if (!request.atOnce()) {
      return upload.result();
    }
    return streams
        .stored(source)
        .copy()
        .completeOnTimeout(false, OWN_WORKER.toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(
            stored ->
                stored
                    ? CompletableFuture.completedFuture(
                        new UploadResult(request.imageId(), Outcome.ACTIVATED, null, null, null))
                    : upload.result());
  }

  private void end(Source.@Nullable HeldStream held, String project) {
    if (held != null) {
      streams.release(held);
    }
    slots.give(project);
  }

  private static void answer(UploadResult result, Exchange exchange) {
    switch (result.outcome()) {
      case ACTIVATED, STAGED -> exchange.answer(Answer.noContent());
      case DELETED -> exchange.fail(new HttpProblem(GONE, message(result)));
      case REQUEUED, KILLED ->
          exchange.fail(
              exchange.body().stalled()
                  ? new HttpProblem(REQUEST_TIMEOUT, message(result))
                  : Failures.ofKind(result.errorKind(), message(result)));
    }
  }

  private static String message(UploadResult result) {
    return "image %s: %s; it is %s now"
        .formatted(
            result.imageId(),
            result.message(),
            switch (result.outcome()) {
              case ACTIVATED -> "active";
              case STAGED -> "staged";
              case REQUEUED -> "queued again";
              case KILLED -> "killed";
              case DELETED -> "deleted";
            });
  }
}
