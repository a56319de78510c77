package dev.vitrine.verification;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.SweepRequest;
import dev.vitrine.activity.SweepStretch;
import dev.vitrine.activity.VerificationActivities;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.registry.Registry;
import dev.vitrine.store.Stores;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The comparison. Safe for use by many threads. */
public final class VerificationActivitiesImpl implements VerificationActivities {

  private static final Logger log = LoggerFactory.getLogger(VerificationActivitiesImpl.class);

  /** Somebody waits for it, and asked for no rate. */
  private static final long AS_FAST_AS_IT_GOES = 0;

  /** How long a stretch lasts: rare enough that it costs nothing, soon enough for who looks. */
  private static final Duration STRETCH = Duration.ofMinutes(2);

  private final StoredData data;
  private final Subjects subjects;

  /**
   * @param clock says how old what is found is
   */
  public VerificationActivitiesImpl(Registry registry, Stores stores, Clock clock) {
    this.data = new StoredData(registry.lookup(), registry.locations(), stores);
    this.subjects =
        new Subjects(
            registry.locationPages(),
            registry.locations(),
            registry.locationChanges(),
            data,
            stores,
            clock);
  }

  @Override
  public SweepStretch sweep(SweepRequest request) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    try {
      return new Sweep(
              subjects,
              request,
              context.getHeartbeatDetails(SweepStretch.class).orElse(null),
              STRETCH,
              context::heartbeat)
          .run();
    } catch (VitrineException e) {
      throw Failures.toTemporal(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Activity.wrap(e);
    }
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
