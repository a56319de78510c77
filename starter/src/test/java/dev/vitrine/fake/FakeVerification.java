package dev.vitrine.fake;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.LocationCheck.Outcome;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.workflow.verification.ImageVerification;
import dev.vitrine.workflow.verification.ImageVerificationRequest;
import dev.vitrine.workflow.verification.ImageVerificationWorkflow;
import java.util.List;
import java.util.UUID;

/** A verification that finds {@link #ROTTEN} to be wrong in one of two stores, and others good. */
public final class FakeVerification implements ImageVerificationWorkflow {

  public static final UUID ROTTEN = UUID.fromString("00000000-0000-4000-8000-000000000666");

  @Override
  public ImageVerification verify(ImageVerificationRequest request) {
    UUID image = request.imageId();
    if (image.equals(FakeVitrine.MISSING)) {
      throw Failures.toTemporal(new NotFound("image %s was not found".formatted(image)));
    }
    LocationCheck good = new LocationCheck(image, new UUID(0, 1), "main", Outcome.OK, null);
    LocationCheck bad =
        new LocationCheck(image, new UUID(0, 2), "cold", Outcome.WRONG, "MD5 read back are a");
    return new ImageVerification(image, image.equals(ROTTEN) ? List.of(good, bad) : List.of(good));
  }
}
