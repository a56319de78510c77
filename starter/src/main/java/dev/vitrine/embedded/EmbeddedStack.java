package dev.vitrine.embedded;

import dev.vitrine.config.RegistrySettings;
import dev.vitrine.config.Settings;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.registry.Registry;
import dev.vitrine.worker.VitrineWorker;
import io.temporal.client.WorkflowClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stack in this process for whoever measures one: a worker with every role and the API on
 * 127.0.0.1, with everything below one directory, on a Temporal server of its own or another's.
 */
public final class EmbeddedStack implements AutoCloseable {

  /** Seldom enough to be in no measurement. */
  private static final Duration RECONCILIATION = Duration.ofMinutes(30);

  private final @Nullable EmbeddedTemporal temporal;
  private final WorkflowClient client;
  private final Settings settings;
  private final VitrineWorker worker;

  private EmbeddedStack(
      @Nullable EmbeddedTemporal temporal,
      WorkflowClient client,
      Path data,
      @Nullable String registryUrl) {
    this.temporal = temporal;
    this.client = client;
    Settings settings =
        StackSettings.serving(
            StackSettings.in(data, List.of(), RECONCILIATION), 0, List.of(), List.of());
    var unused = SourceKeyFile.keep(StackSettings.sourceKey(data));
    this.settings = registryUrl == null ? settings : withRegistry(settings, registryUrl);
    this.worker = VitrineWorker.start(client, this.settings, Clock.systemUTC());
  }

  /**
   * Starts one on the in-memory server.
   *
   * @param data an empty directory
   * @param registryUrl JDBC; null for SQLite in the directory
   */
  public static EmbeddedStack inMemory(Path data, @Nullable String registryUrl) {
    return on(new InMemoryTemporal(0), data, registryUrl);
  }

  /**
   * Starts one on a development server that keeps its data in a file.
   *
   * @throws Invalid if the program {@code temporal} is not on the {@code PATH}
   */
  public static EmbeddedStack onDevelopmentServer(Path data, @Nullable String registryUrl) {
    Path binary =
        DevServerTemporal.binary()
            .orElseThrow(() -> new Invalid("the program 'temporal' is not on the PATH"));
    return on(new DevServerTemporal(binary, data, Ports.free(), Ports.free()), data, registryUrl);
  }

  /** Starts one on another's server; the client stays the caller's. */
  public static EmbeddedStack on(WorkflowClient client, Path data, @Nullable String registryUrl) {
    return new EmbeddedStack(null, client, data, registryUrl);
  }

  private static EmbeddedStack on(
      EmbeddedTemporal temporal, Path data, @Nullable String registryUrl) {
    try {
      return new EmbeddedStack(temporal, temporal.client(), data, registryUrl);
    } catch (RuntimeException e) {
      temporal.close();
      throw e;
    }
  }

  private static Settings withRegistry(Settings settings, String url) {
    RegistrySettings registry = settings.registry();
    return new Settings(
        settings.worker(),
        new RegistrySettings(
            url,
            null,
            null,
            registry.poolSize(),
            registry.taskTimeToLive(),
            registry.imageRetention(),
            registry.slowTransaction()),
        settings.stores(),
        settings.transfer(),
        settings.limits(),
        settings.imports(),
        settings.operations(),
        settings.api(),
        settings.auth(),
        settings.reconciliation(),
        settings.webhooks(),
        settings.permissionChanges());
  }

  /** The client that it was started with, as others in this process may use it, too. */
  public WorkflowClient client() {
    return client;
  }

  /** Its registry. */
  public Registry registry() {
    return worker.registry();
  }

  /** Where the API is. */
  public String apiUrl() {
    return worker.apiUrl().orElseThrow();
  }

  /** Whether the server runs in this process. */
  public boolean inProcess() {
    return temporal instanceof InMemoryTemporal;
  }

  /** The process of a server of its own; empty if it runs in this process, or is another's. */
  public Optional<Long> serverPid() {
    return temporal == null ? Optional.empty() : temporal.pid();
  }

  /** The Temporal server, for people. */
  public String server() {
    return temporal == null
        ? String.valueOf(client.getWorkflowServiceStubs().getOptions().getTarget())
        : temporal.address() + ", " + temporal.meaning();
  }

  /** The registry, for people; without a password. */
  public String registryUrl() {
    return settings.registry().displayUrl();
  }

  @Override
  public void close() {
    worker.close();
    if (temporal != null) {
      temporal.close();
    }
  }
}
