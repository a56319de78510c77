package dev.vitrine.api;

import dev.vitrine.access.ImageOperation;
import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException;
import dev.vitrine.guard.DeletedImage;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.RequestBody;
import dev.vitrine.http.Route;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.process.Processes;
import dev.vitrine.workflow.FinishedLine;
import dev.vitrine.workflow.deletion.DeletionRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Images themselves: create, list, show, change, delete. */
final class Images {

  private static final Logger log = LoggerFactory.getLogger(Images.class);

  /** Where the end of a deletion is told that has no workflow. */
  private static final Logger finished = LoggerFactory.getLogger(FinishedLine.LOGGER);

  private final GuardedImages images;
  private final ImageDocuments documents;
  private final Processes processes;
  private final ImageLocations locations;
  private final IdempotencyKeys keys = new IdempotencyKeys("image");
  private final Duration scrubTime;
  private final Map<String, String> headers;

  /**
   * @param scrubTime how long the data of deleted images is kept; zero for not at all
   * @param headers what is told with a new image
   */
  Images(
      GuardedImages images,
      ImageDocuments documents,
      Processes processes,
      ImageLocations locations,
      Duration scrubTime,
      Map<String, String> headers) {
    this.images = images;
    this.documents = documents;
    this.processes = processes;
    this.locations = locations;
    this.scrubTime = scrubTime;
    this.headers = Map.copyOf(headers);
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/v2/images", this::create).taking(RequestBody.DOCUMENT),
        Route.of("GET", "/v2/images", this::list),
        Route.of("GET", "/v2/images/{id}", this::show),
        Route.of("PATCH", "/v2/images/{id}", this::change).taking(RequestBody.DOCUMENT),
        Route.of("DELETE", "/v2/images/{id}", this::delete));
  }

  private Answer create(Call call) {
    NewImage wanted = ImageBody.read(call.body(), call.requester());
    Image image =
        images.register(
            RequestOperation.of(call, "create"),
            wanted,
            call.requester(),
            keys.of(call).orElse(null));
    Answer answer =
        Answer.json(201, documents.of(image, call.requester()).bytes())
            .with("Location", call.origin() + "/v2/images/" + image.id());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }

  private Answer list(Call call) {
    ImageQuery query = ImageListQuery.read(call);
    List<Image> page = images.list(query);
    UUID last =
        page.size() < query.limit() || page.isEmpty() ? null : page.get(page.size() - 1).id();
    List<ImageDocument> shown = documents.of(page, call.requester());
    return Answer.json(
        200,
        PageLinks.document(
            call, "/v2/images", "images", shown, last, (out, document) -> document.write(out)));
  }

  private Answer show(Call call) {
    Image image = images.require(imageId(call), call.requester());
    return Answer.json(200, documents.of(image, call.requester()).bytes());
  }

  private Answer change(Call call) {
    UUID id = imageId(call);
    ImagePatch patch = ImagePatch.read(call);
    locations.apply(call, id, patch.onLocations());
    Image image =
        patch.changesMetadata()
            ? images.change(id, call.requester(), present -> patch.apply(present, call.requester()))
            : images.require(ImageOperation.MODIFY, id, call.requester());
    return Answer.json(200, documents.of(image, call.requester()).bytes());
  }

  /** What is decided is answered: the data goes by a workflow, whose start can wait. */
  private Answer delete(Call call) {
    long began = System.nanoTime();
    UUID id = imageId(call);
    Requester by = call.requester();
    DeletedImage deleted = images.delete(RequestOperation.of(call, "delete"), id, by, scrubTime);
    if (deleted.dataLeft()) {
      try {
        processes.startRemoval(
            deleted.upload() == null && deleted.image().status() == ImageStatus.DELETED
                ? DeletionRequest.ofData(id, by)
                : DeletionRequest.ofDeleted(id, by, deleted.upload()));
      } catch (VitrineException e) {
        log.warn("The data of image {} is left to reconciliation: {}", id, e.getMessage());
      }
    } else {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      finished.info("{}", FinishedLine.text("deletion of image " + id, null, millis, null, null));
    }
    return Answer.noContent();
  }

  private static UUID imageId(Call call) {
    return Ids.inPath("image", call.parameter("id"));
  }
}
