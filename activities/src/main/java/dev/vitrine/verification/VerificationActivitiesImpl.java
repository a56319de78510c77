package dev.vitrine.verification;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.VerificationActivities;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.registry.Registry;
import dev.vitrine.store.Stores;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The comparison. Safe for use by many threads. */
public final class VerificationActivitiesImpl implements VerificationActivities {

  private static final Logger log = LoggerFactory.getLogger(VerificationActivitiesImpl.class);

  /** Somebody waits for it, and asked for no rate. */
  private static final long AS_FAST_AS_IT_GOES = 0;

  private final StoredData data;

  public VerificationActivitiesImpl(Registry registry, Stores stores) {
    this.data = new StoredData(registry.lookup(), registry.locations(), stores);
  }

  @Override
  public LocationCheck verifyLocation(UUID imageId, UUID locationId) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    try {
      LocationCheck check =
          data.check(imageId, locationId, new Pace(AS_FAST_AS_IT_GOES), context::heartbeat);
      if (check.outcome().isBad()) {
        log.warn(
            "image {}: its data in store '{}' is {}: {}",
            imageId,
            check.store(),
            check.outcome().wireName(),
            check.detail());
      }
      return check;
    } catch (VitrineException e) {
      throw Failures.toTemporal(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Activity.wrap(e);
    }
  }
}
