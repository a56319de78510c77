package dev.vitrine.config;

import dev.vitrine.access.PermissionChange;
import dev.vitrine.access.Permissions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a worker. Immutable.
 *
 * @param permissionChanges what differs from the default table of who may do what
 */
public record Settings(
    WorkerSettings worker,
    RegistrySettings registry,
    StoresSettings stores,
    TransferSettings transfer,
    LimitsSettings limits,
    ImportSettings imports,
    OperationsSettings operations,
    ApiSettings api,
    AuthSettings auth,
    ReconciliationSettings reconciliation,
    WebhookSettings webhooks,
    List<PermissionChange> permissionChanges) {

  public Settings {
    permissionChanges = List.copyOf(permissionChanges);
    permissions(api, permissionChanges);
    webhooks.requireWithin(registry.taskTimeToLive());
    if (worker.roles().contains(WorkerRole.API)) {
      api.listening().forEach(auth::requireSafeOn);
    }
  }

  /** What holds where nothing is said. */
  public static Settings defaults() {
    return read(SettingsLayers.defaults());
  }

  /**
   * The defaults, overridden by the file, overridden by the environment.
   *
   * @param file null for none
   * @param environment where the variables that begin with {@code VITRINE_} are read
   * @throws dev.vitrine.error.VitrineException.Invalid if a key is unknown or a value is wrong
   */
  public static Settings load(@Nullable Path file, Map<String, String> environment) {
    SettingsLayers layers = SettingsLayers.defaults();
    if (file != null) {
      layers.overrideBy(file);
    }
    layers.overrideBy(environment);
    return read(layers);
  }

  /** Who may do what: the default table with what these settings change of it. */
  public Permissions permissions() {
    return permissions(api, permissionChanges);
  }

  /**
   * Whether the process runs workflows. Also beside the API: a workflow that is started there may
   * then begin there, without a dispatch.
   */
  public boolean runsWorkflows() {
    return worker.roles().contains(WorkerRole.WORKFLOW)
        || (worker.roles().contains(WorkerRole.API) && api.runWorkflows());
  }

  private static Permissions permissions(ApiSettings api, List<PermissionChange> changes) {
    Permissions table = Permissions.DEFAULT;
    return (api.tasksForMembers() ? table.withTasksForMembers() : table).with(changes);
  }

  /** The file with every setting and its default, and what each is for. */
  public static String example() {
    return SettingsLayers.example();
  }

  private static Settings read(SettingsLayers layers) {
    SettingsReader in = new SettingsReader(layers);
    return new Settings(
        WorkerSettings.read(in),
        RegistrySettings.read(in),
        StoresSettings.read(in),
        TransferSettings.read(in),
        LimitsSettings.read(in),
        ImportSettings.read(in),
        OperationsSettings.read(in),
        ApiSettings.read(in),
        AuthSettings.read(in),
        ReconciliationSettings.read(in),
        WebhookSettings.read(in),
        in.permissionChanges("permissions"));
  }
}
