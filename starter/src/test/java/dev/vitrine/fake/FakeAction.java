package dev.vitrine.fake;

import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.NewImage;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.action.ImageActionWorkflow;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * An action; not found by the image's id, forbidden to who is no admin, a conflict for a location
 * at {@code taken}, and for one at {@code hold} it never ends.
 */
public final class FakeAction implements ImageActionWorkflow {

  @Override
  public ImageSummary act(ImageAction action) {
    if (action.imageId().equals(FakeVitrine.MISSING)) {
      throw Failures.toTemporal(new NotFound("image was not found"));
    }
    if (action instanceof ImageAction.Register register) {
      NewImage image = register.image();
      return image(action, image.name(), image.size() == null ? ImageStatus.QUEUED : ACTIVE);
    }
    if (action instanceof ImageAction.AddLocation location) {
      if (FakeVitrine.wish(location.url()).equals("hold")) {
        Workflow.await(() -> false);
      }
      if (FakeVitrine.wish(location.url()).equals("taken")) {
        throw Failures.toTemporal(new Conflict("image is active: add first location refused"));
      }
      return image(action, null, ACTIVE);
    }
    if (!action.by().admin()) {
      throw Failures.toTemporal(new Forbidden("it takes an admin"));
    }
    return image(
        action, null, action instanceof ImageAction.Deactivate ? ImageStatus.DEACTIVATED : ACTIVE);
  }

  private static final ImageStatus ACTIVE = ImageStatus.ACTIVE;

  private static ImageSummary image(ImageAction action, @Nullable String name, ImageStatus status) {
    return FakeVitrine.image(
        action.imageId(), name, action.by().project(), status, status == ACTIVE ? 0L : null);
  }
}
