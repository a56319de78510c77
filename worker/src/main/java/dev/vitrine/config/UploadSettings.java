package dev.vitrine.config;

import java.time.Duration;

/**
 * What clients' uploads may take.
 *
 * @param concurrent streams at once, per process
 * @param perProject of one project
 * @param idleTimeout how long a stream may pause
 * @param leastRate bytes a second, over the window
 */
public record UploadSettings(
    int concurrent, int perProject, Duration idleTimeout, long leastRate, Duration rateWindow) {

  static final int MOST = 100_000;

  static UploadSettings read(SettingsReader in) {
    int concurrent = in.number("api.concurrent-uploads", 1, MOST);
    return new UploadSettings(
        concurrent,
        perProject(in, "api.concurrent-uploads-per-project", concurrent),
        in.duration("api.upload-idle-timeout", Duration.ofMillis(1)),
        in.sizeOrZero("api.upload-least-rate"),
        in.duration("api.upload-rate-window", Duration.ofMillis(1)));
  }

  /** One project's share of so many at once: half of them, if nothing is said. */
  static int perProject(SettingsReader in, String key, int concurrent) {
    if (in.textOrNull(key) != null) {
      return in.number(key, 1, MOST);
    }
    // Without authentication there is but one project.
    return in.text("auth.method").equals("none") ? concurrent : (concurrent + 1) / 2;
  }
}
