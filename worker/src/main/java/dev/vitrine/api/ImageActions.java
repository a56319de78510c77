package dev.vitrine.api;

import dev.vitrine.access.ImageOperation;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Route;
import java.util.List;
import java.util.UUID;

/** Deactivation and its reverse: 204 also where nothing was to be done, 403 from another status. */
final class ImageActions {

  private final GuardedImages images;

  ImageActions(GuardedImages images) {
    this.images = images;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/v2/images/{id}/actions/deactivate", this::deactivate),
        Route.of("POST", "/v2/images/{id}/actions/reactivate", this::reactivate));
  }

  private Answer deactivate(Call call) {
    UUID id = Ids.inPath("image", call.parameter("id"));
    images.require(ImageOperation.DEACTIVATE, id, call.requester());
    return change(
        () -> images.deactivate(RequestOperation.of(call, "deactivate"), id, call.requester()));
  }

  private Answer reactivate(Call call) {
    UUID id = Ids.inPath("image", call.parameter("id"));
    images.require(ImageOperation.REACTIVATE, id, call.requester());
    return change(
        () -> images.reactivate(RequestOperation.of(call, "reactivate"), id, call.requester()));
  }

  /** The reference answers 403, not 409, to what has no edge from the present status. */
  private static Answer change(Runnable change) {
    try {
      change.run();
      return Answer.noContent();
    } catch (Conflict noEdge) {
      throw new Forbidden(String.valueOf(noEdge.getMessage()));
    }
  }
}
