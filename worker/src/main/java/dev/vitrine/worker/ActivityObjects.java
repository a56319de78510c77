package dev.vitrine.worker;

import dev.vitrine.activity.AtOnceActivities;
import dev.vitrine.activity.ImageActivities;
import dev.vitrine.config.Settings;
import dev.vitrine.config.WorkerRole;
import dev.vitrine.download.Downloads;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.image.StoreNames;
import dev.vitrine.reconciliation.ReconciliationActivitiesImpl;
import dev.vitrine.registry.HiddenQueries;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.Registry;
import dev.vitrine.source.HeldStreams;
import dev.vitrine.step.ImageActivitiesImpl;
import dev.vitrine.step.ImportActivitiesImpl;
import dev.vitrine.step.MetadataInjection;
import dev.vitrine.step.StreamActivitiesImpl;
import dev.vitrine.step.TaskActivitiesImpl;
import dev.vitrine.store.Stores;
import dev.vitrine.transfer.AtOnceActivitiesImpl;
import dev.vitrine.transfer.TransferActivitiesImpl;
import dev.vitrine.verification.VerificationActivitiesImpl;
import dev.vitrine.webhook.WebhookActivitiesImpl;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The activities of one process and what they work with, each made when it is first needed: a
 * process that moves no data needs no store. Safe for use by many threads.
 */
final class ActivityObjects {

  private final WorkflowClient client;
  private final Settings settings;
  private final Registry registry;
  private final Clock clock;
  private final Home here;
  private final Supplier<HeldStreams> streams;
  private final Metering metering;
  private @Nullable Stores stores;
  private @Nullable TransferActivitiesImpl transfers;
  private @Nullable Downloads downloads;

  /**
   * @param here where the registry's work runs
   * @param streams that this process holds
   * @param metering what stores are measured with
   */
  ActivityObjects(
      WorkflowClient client,
      Settings settings,
      Registry registry,
      Clock clock,
      Home here,
      Supplier<HeldStreams> streams,
      Metering metering) {
    this.client = client;
    this.settings = settings;
    this.registry = registry;
    this.clock = clock;
    this.here = here;
    this.streams = streams;
    this.metering = metering;
  }

  /** What workflows call on their own queue. */
  Object[] forWorkflows() {
    StoreNames names = settings.stores().names();
    ImageActivities steps = new ImageActivitiesImpl(registry, images(), names);
    return new Object[] {
      steps,
      new ImportActivitiesImpl(
          registry,
          images(),
          names,
          new MetadataInjection(settings.imports().inject(), settings.imports().ignoreUserRoles()),
          new HiddenQueries(registry.sourceQueries(), Wiring.sourceKey(settings.transfer()))),
      atOnce(steps),
      new TaskActivitiesImpl(
          registry.taskRuns(), registry.lookup(), Wiring.tasks(registry, settings)),
      new StreamActivitiesImpl(registry.streamHosts()),
      new ReconciliationActivitiesImpl(
          registry, client, here, settings.reconciliation().stuckAfter())
    };
  }

  /** The telling of webhooks. */
  Object webhooks() {
    return new WebhookActivitiesImpl(registry, Wiring.webhooks(settings.webhooks()), clock);
  }

  /** The comparison of what stores have. */
  synchronized Object verifications() {
    return new VerificationActivitiesImpl(registry, stores(), clock);
  }

  /** What is done within workflow tasks takes a store, which processes that move no data lack. */
  private AtOnceActivities atOnce(ImageActivities steps) {
    Set<WorkerRole> roles = settings.worker().roles();
    boolean pulls = roles.contains(WorkerRole.TRANSFER);
    return pulls || roles.contains(WorkerRole.API)
        ? AtOnceActivitiesImpl.of(
            registry, steps, transfers(), pulls ? settings.transfer().smallSize() : 0)
        : AtOnceActivitiesImpl.withoutStores(registry, steps);
  }

  /** The moving of data. */
  synchronized TransferActivitiesImpl transfers() {
    if (transfers == null) {
      transfers =
          new TransferActivitiesImpl(
              registry.lookup(),
              registry.locations(),
              registry.transferNotes(),
              registry.sourceQueries(),
              images().data(),
              stores(),
              Wiring.transfer(settings),
              streams.get());
    }
    return transfers;
  }

  /** Lets running transfers notice within a moment that they are to be handed over. */
  synchronized void hurryTransfers() {
    if (transfers != null) {
      transfers.hurry();
    }
  }

  /** Images' data on its way out. */
  synchronized Downloads downloads() {
    if (downloads == null) {
      downloads =
          new Downloads(registry.locations(), images().data(), stores(), Wiring.sources(settings));
    }
    return downloads;
  }

  /** Asks each store whether it answers. */
  void requireStores() {
    Stores all;
    synchronized (this) {
      all = stores();
    }
    all.requireAnswers();
  }

  private Stores stores() {
    if (stores == null) {
      stores = Wiring.stores(settings, metering);
    }
    return stores;
  }

  private GuardedImages images() {
    return Wiring.images(registry, settings);
  }
}
