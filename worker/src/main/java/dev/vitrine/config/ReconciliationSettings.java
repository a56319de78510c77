package dev.vitrine.config;

import java.time.Duration;

/**
 * The settling of what was left behind.
 *
 * @param interval between two passes, at least a second
 */
public record ReconciliationSettings(Duration interval) {

  static ReconciliationSettings read(SettingsReader in) {
    return new ReconciliationSettings(
        in.duration("reconciliation.interval", Duration.ofSeconds(1)));
  }
}
