package dev.vitrine.workflow.verification;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.LocationCheck.Outcome;
import dev.vitrine.activity.VerificationActivities;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.text.Markdown;
import dev.vitrine.workflow.Cancellation;
import dev.vitrine.workflow.CurrentDetails;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.VitrineSearchAttributes;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The verification: one place after the other. */
public final class ImageVerificationWorkflowImpl implements ImageVerificationWorkflow {

  private final RegistrySteps registry = new RegistrySteps();
  private final CurrentDetails steps = new CurrentDetails();

  @Override
  public ImageVerification verify(ImageVerificationRequest request) {
    Optional<ImageSummary> image =
        registry.images(images -> images.findImage(request.imageId(), request.by()));
    if (image.isEmpty()) {
      throw Failures.toTemporal(
          new NotFound("image %s was not found".formatted(request.imageId())));
    }
    Workflow.upsertTypedSearchAttributes(
        VitrineSearchAttributes.IMAGE_STATUS.valueSet(image.get().status().wireName()));
    List<LocationCheck> checks = new ArrayList<>();
    for (Location location : registry.images(images -> images.locations(request.imageId()))) {
      if (location.status() == LocationStatus.ACTIVE) {
        checks.add(verify(location));
      }
    }
    ImageVerification done = new ImageVerification(request.imageId(), checks);
    steps.end(done.isGood() ? "all is as recorded" : "**something is not as recorded**");
    return done;
  }

  private LocationCheck verify(Location location) {
    steps.begin("read the data in store %s".formatted(Markdown.code(location.store())));
    LocationCheck check;
    try {
      check =
          Workflow.newActivityStub(
                  VerificationActivities.class,
                  VerificationOptions.reading(
                      "image %s in store %s".formatted(location.imageId(), location.store())))
              .verifyLocation(location.imageId(), location.id());
    } catch (TemporalFailure failure) {
      if (Cancellation.isCauseOf(failure)) {
        throw failure;
      }
      check =
          new LocationCheck(
              location.imageId(),
              location.id(),
              location.store(),
              Outcome.UNREAD,
              Excerpt.of(Failures.describe(failure), LocationCheck.DETAIL));
    }
    steps.begin(
        "store %s: %s%s"
            .formatted(
                Markdown.code(location.store()),
                check.outcome().wireName(),
                check.detail() == null ? "" : ": " + Markdown.code(check.detail())));
    return check;
  }
}
