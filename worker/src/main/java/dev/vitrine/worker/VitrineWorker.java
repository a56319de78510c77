package dev.vitrine.worker;

import dev.vitrine.activity.Source;
import dev.vitrine.api.ApiRoutes;
import dev.vitrine.api.Streams;
import dev.vitrine.auth.Authenticator;
import dev.vitrine.config.Settings;
import dev.vitrine.config.StoreSettings;
import dev.vitrine.config.WorkerRole;
import dev.vitrine.download.Downloads;
import dev.vitrine.http.HttpService;
import dev.vitrine.http.Router;
import dev.vitrine.process.Processes;
import dev.vitrine.reconciliation.ReconciliationPreview;
import dev.vitrine.registry.HiddenQueries;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.InstallationRecord;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import dev.vitrine.source.HeldStreams;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running worker: the one place where the object graph is built. Fit to be embedded, several in
 * one process too; it neither reads the environment nor ends the process. Safe for use by many
 * threads.
 */
public final class VitrineWorker implements Streams, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(VitrineWorker.class);

  private final WorkflowClient client;
  private final Settings settings;
  private final Metering metering;
  private final Clock clock;
  private final Registry registry;
  private final Home here;
  private final InstallationRecord installation;
  private final TaskQueues queues;
  private final ActivityObjects activities;
  private final StreamHost streams;
  private final ReconciliationStarter reconciliation;
  private final WebhookStarter webhooks;
  private final List<WorkerFactory> transfers = new ArrayList<>();
  private final List<WorkerFactory> workflows = new ArrayList<>();
  private @Nullable HttpService api;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean ready;

  private VitrineWorker(
      WorkflowClient client,
      Settings settings,
      Clock clock,
      Registry registry,
      Home here,
      InstallationRecord installation,
      Metering metering) {
    this.client = client;
    this.metering = metering;
    this.settings = settings;
    this.clock = clock;
    this.registry = registry;
    this.here = here;
    this.installation = installation;
    this.queues = TaskQueues.of(installation.id());
    this.activities =
        new ActivityObjects(client, settings, registry, clock, here, this::heldStreams, metering);
    this.streams =
        new StreamHost(
            client,
            queues,
            WorkerTuning.factory(metering),
            WorkerTuning.streams(
                settings.api().uploads().concurrent(), settings.transfer().heartbeatInterval()),
            activities::transfers,
            registry.streamHosts(),
            settings.api().uploads().idleTimeout());
    this.reconciliation = ReconciliationStarter.of(client, installation, settings.reconciliation());
    this.webhooks =
        new WebhookStarter(
            client,
            registry.deliveries(),
            installation.id(),
            settings.webhooks().endpoints(),
            settings.reconciliation().interval());
  }

  /**
   * Starts the roles that the settings name. The client stays the caller's; workflows that are
   * started with {@link #client} may run eagerly here.
   *
   * @param clock gives the times that the registry records and decides what has expired, tokens too
   * @throws dev.vitrine.error.VitrineException.Unavailable if the registry or a store can't be
   *     opened
   * @throws dev.vitrine.error.VitrineException.Invalid if a setting makes no sense to them, or the
   *     registry's work runs in another namespace or on another server
   * @throws io.grpc.StatusRuntimeException if Temporal does not answer
   */
  public static VitrineWorker start(WorkflowClient client, Settings settings, Clock clock) {
    return start(client, settings, clock, Metering.NONE);
  }

  /**
   * The same, measured.
   *
   * @param metering what it does is measured with
   */
  static VitrineWorker start(
      WorkflowClient client, Settings settings, Clock clock, Metering metering) {
    VitrineWorker worker =
        open(TemporalConnection.forWorkers(client, metering.tracing()), settings, clock, metering);
    try {
      worker.start();
      return worker;
    } catch (RuntimeException | Error e) {
      worker.close();
      throw e;
    }
  }

  private static VitrineWorker open(
      WorkflowClient client, Settings settings, Clock clock, Metering metering) {
    Registry registry = Registries.open(registryConfig(settings), clock, metering.meters());
    try {
      Home here = InstallationHome.of(client);
      return new VitrineWorker(
          client,
          settings,
          clock,
          registry,
          here,
          InstallationHome.require(registry.installations(), here),
          metering);
    } catch (RuntimeException e) {
      registry.close();
      throw e;
    }
  }

  /**
   * Makes the client's namespace the place where the registry's work runs. Nobody may work for it
   * elsewhere then; what was under way there is settled here as lost.
   *
   * @throws dev.vitrine.error.VitrineException.Unavailable if the registry can't be opened
   * @throws io.grpc.StatusRuntimeException if Temporal does not answer
   */
  public static InstallationMove moveInstallation(
      WorkflowClient client, Settings settings, Clock clock) {
    try (Registry registry = Registries.open(registryConfig(settings), clock)) {
      return InstallationMove.make(registry, InstallationHome.of(client));
    }
  }

  /** How the registry of these settings is opened, for whoever reads it beside a worker. */
  public static RegistryConfig registryConfig(Settings settings) {
    return Wiring.registry(settings);
  }

  /**
   * Holds a stream for the one transfer that its handle is given to. Whoever has it held closes the
   * stream, and calls {@link #release}, after the upload has ended, however it ended.
   *
   * @param size in bytes; null if not known
   * @throws dev.vitrine.error.VitrineException.Unavailable after {@link #close}, or if Temporal
   *     does not answer
   */
  @Override
  public Source.HeldStream hold(InputStream stream, @Nullable Long size) {
    return streams.hold(stream, size);
  }

  @Override
  public CompletableFuture<Boolean> stored(Source.HeldStream stream) {
    return streams.stored(stream);
  }

  /** Lets go of a stream, whether it was transferred or not. The second call does nothing. */
  @Override
  public void release(Source.HeldStream stream) {
    streams.release(stream);
  }

  /** The worker's own client, on the connection that it was started with. */
  public WorkflowClient client() {
    return client;
  }

  /** Where the API listens, {@code http://127.0.0.1:9292}; empty without that role. */
  public Optional<String> apiUrl() {
    return Optional.ofNullable(api).map(HttpService::url);
  }

  /** Which installation it works for, as a client has to be told where there are several. */
  public InstallationId installation() {
    return installation.id();
  }

  /** Opens images' data, as the API does for a download; the stores are opened with the first. */
  public Downloads downloads() {
    return activities.downloads();
  }

  /**
   * Requires that the stores answer that its roles work with.
   *
   * @throws dev.vitrine.error.VitrineException.Unavailable which does not
   */
  void requireStores() {
    if (settings.worker().roles().contains(WorkerRole.TRANSFER)
        || settings.worker().roles().contains(WorkerRole.API)) {
      activities.requireStores();
    }
  }

  /** The registry that this worker works on; open until {@link #close}. */
  public Registry registry() {
    return registry;
  }

  /**
   * Whether a balancer may send requests here: everything has started, and nobody has asked for the
   * end. The first thing that changes at a stop.
   */
  public boolean isReady() {
    return ready;
  }

  /**
   * Hands transfers over to other processes, answers as before for the drain time if it serves the
   * API, lets everything else finish within the grace, and closes the registry. The second call
   * does nothing.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    ready = false;
    long asked = System.nanoTime();
    reconciliation.close();
    webhooks.close();
    activities.hurryTransfers();
    Duration grace = settings.worker().shutdownGrace();
    if (api != null) {
      drain(api, asked);
      // What it has begun to answer may still need the workers beside it.
      long drained = System.nanoTime();
      boolean unused = api.awaitQuiet(grace);
      grace = grace.minusNanos(System.nanoTime() - drained);
    }
    List<WorkerFactory> finished = new ArrayList<>(workflows);
    finished.addAll(streams.stop());
    GracefulStop.stop(transfers, finished, grace);
    if (api != null) {
      api.close();
    }
    streams.close();
    registry.close();
    log.info("stopped");
  }

  /** Transfers are handed over meanwhile: they wait for no balancer. */
  private void drain(HttpService serving, long asked) {
    serving.leave();
    GracefulStop.stop(transfers, List.of(), settings.worker().shutdownGrace());
    try {
      TimeUnit.NANOSECONDS.sleep(
          settings.worker().drainTime().toNanos() - (System.nanoTime() - asked));
    } catch (InterruptedException e) {
      // Whoever is in such a hurry has everything else end in its usual order.
      Thread.currentThread().interrupt();
    }
    serving.drain();
  }

  private void start() {
    if (settings.worker().roles().contains(WorkerRole.TRANSFER)) {
      transfers.add(workers().transfers());
    }
    if (settings.worker().roles().contains(WorkerRole.WORKFLOW)) {
      webhooks.keepPlaces();
      if (settings.worker().registerSearchAttributes()) {
        new SearchAttributeRegistration(client).register();
      }
    }
    if (settings.runsWorkflows()) {
      workflows.add(workers().workflows());
    }
    if (settings.worker().roles().contains(WorkerRole.WORKFLOW)) {
      reconciliation.start();
      if (!settings.webhooks().endpoints().isEmpty()) {
        workflows.add(workers().webhooks());
        webhooks.start();
      }
    }
    if (settings.worker().roles().contains(WorkerRole.API)) {
      api = startApi();
    }
    ready = true;
    log.info("started: {}", description());
  }

  private RoleWorkers workers() {
    return new RoleWorkers(
        client,
        settings,
        // The installation's own, and those of former releases while they may have work.
        installation.formerWork() ? List.of(queues, TaskQueues.FORMER) : List.of(queues),
        activities,
        metering);
  }

  private HeldStreams heldStreams() {
    return streams.streams();
  }

  private HttpService startApi() {
    streams.start();
    Router router =
        new Router(
            ApiRoutes.routes(
                registry,
                new ReconciliationPreview(
                    registry, client, here, settings.reconciliation().stuckAfter()),
                settings.permissions(),
                processes(),
                this,
                downloads(),
                settings.stores(),
                settings.api(),
                settings.runsWorkflows() ? settings.transfer().smallSize() : 0,
                settings.imports().methods(),
                settings.transfer().web(),
                settings.imports().regions().endpoints().keySet(),
                this::isReady),
            ApiRoutes.NAMED);
    return HttpService.start(
        new InetSocketAddress(settings.api().listenAddress(), settings.api().port()),
        router,
        new CallerAuthentication(Authenticator.of(settings.auth(), clock)),
        Wiring.http(settings.api()),
        Wiring.door(settings),
        settings.api().accessLog(),
        Wiring.tls(settings.api()),
        metering.requests());
  }

  private Processes processes() {
    return new Processes(client, installation.id())
        .leaving(
            new HiddenQueries(registry.sourceQueries(), Wiring.sourceKey(settings.transfer())));
  }

  private String description() {
    return "installation %s; Temporal at %s, namespace %s; roles %s; stores %s; registry %s"
        .formatted(
            installation.id(),
            client.getWorkflowServiceStubs().getOptions().getTarget(),
            client.getOptions().getNamespace(),
            settings.worker().roles().stream()
                .map(WorkerRole::word)
                .sorted()
                .collect(Collectors.joining(", ")),
            settings.stores().stores().stream()
                .map(StoreSettings::name)
                .collect(Collectors.joining(", ")),
            settings.registry().displayUrl());
  }
}
