package dev.vitrine.config;

import java.time.Duration;
import java.util.Set;

/**
 * The process itself.
 *
 * @param roles at least one
 * @param shutdownGrace how long work that can't be handed over may go on after a request to stop
 * @param registerSearchAttributes whether to register the missing ones at start
 */
public record WorkerSettings(
    Set<WorkerRole> roles, Duration shutdownGrace, boolean registerSearchAttributes) {

  public WorkerSettings {
    roles = Set.copyOf(roles);
  }

  static WorkerSettings read(SettingsReader in) {
    return new WorkerSettings(
        in.roles("worker.roles"),
        in.duration("worker.shutdown-grace", Duration.ZERO),
        in.flag("worker.register-search-attributes"));
  }
}
