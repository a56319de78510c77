package dev.vitrine.config;

import dev.vitrine.error.VitrineException.Invalid;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The process itself.
 *
 * @param roles at least one
 * @param shutdownGrace how long work that can't be handed over may go on after a request to stop
 * @param drainTime how long the API goes on as before after a request to stop, so that balancers
 *     notice that it is not ready
 * @param registerSearchAttributes whether to register the missing ones at start
 * @param deployment which version of which worker deployment it belongs to; null for none
 */
public record WorkerSettings(
    Set<WorkerRole> roles,
    Duration shutdownGrace,
    Duration drainTime,
    boolean registerSearchAttributes,
    @Nullable Deployment deployment) {

  /** A version of a worker deployment, as Temporal knows it. */
  public record Deployment(String name, String buildId) {}

  public WorkerSettings {
    roles = Set.copyOf(roles);
  }

  /** Of no deployment, and behind no balancer. */
  public WorkerSettings(
      Set<WorkerRole> roles, Duration shutdownGrace, boolean registerSearchAttributes) {
    this(roles, shutdownGrace, Duration.ZERO, registerSearchAttributes, null);
  }

  static WorkerSettings read(SettingsReader in) {
    return new WorkerSettings(
        in.roles("worker.roles"),
        in.duration("worker.shutdown-grace", Duration.ZERO),
        in.duration("worker.drain-time", Duration.ZERO),
        in.flag("worker.register-search-attributes"),
        deployment(in));
  }

  private static @Nullable Deployment deployment(SettingsReader in) {
    String name = in.textOrNull("worker.deployment-name");
    String buildId = in.textOrNull("worker.build-id");
    if (name == null && buildId == null) {
      return null;
    }
    if (name == null || buildId == null) {
      throw new Invalid(
          "worker.deployment-name is '%s' and worker.build-id '%s': give both or none"
              .formatted(name == null ? "" : name, buildId == null ? "" : buildId));
    }
    if (name.contains(".")) {
      throw in.wrong("worker.deployment-name", name, "a name without a dot");
    }
    return new Deployment(name, buildId);
  }
}
