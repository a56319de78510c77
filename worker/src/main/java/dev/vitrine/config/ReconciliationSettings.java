package dev.vitrine.config;

import java.time.Duration;

/**
 * The settling of what was left behind.
 *
 * @param interval between two passes, at least a second
 * @param stuckAfter when a workflow that is open, and that no worker can go on with, is given up
 * @param sweep what is looked for in the stores
 */
public record ReconciliationSettings(Duration interval, Duration stuckAfter, SweepSettings sweep) {

  static ReconciliationSettings read(SettingsReader in) {
    return new ReconciliationSettings(
        in.duration("reconciliation.interval", Duration.ofSeconds(1)),
        in.duration("reconciliation.stuck-after", Duration.ofSeconds(1)),
        SweepSettings.read(in));
  }
}
