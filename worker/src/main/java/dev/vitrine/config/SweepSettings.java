package dev.vitrine.config;

import java.time.Duration;

/**
 * The sweeps through the stores.
 *
 * @param enabled whether they are made by themselves
 * @param interval between two of them, at least a minute
 * @param bytesPerSecond that are read of the data; 0 to look at its size alone
 * @param objectsPerSecond that stores are asked for
 * @param grace how old what no row knows has to be before it is spoken of
 * @param repair whether what can be put right without loss is
 */
public record SweepSettings(
    boolean enabled,
    Duration interval,
    long bytesPerSecond,
    int objectsPerSecond,
    Duration grace,
    boolean repair) {

  static SweepSettings read(SettingsReader in) {
    return new SweepSettings(
        in.flag("sweep.enabled"),
        in.duration("sweep.interval", Duration.ofMinutes(1)),
        in.sizeOrZero("sweep.bytes-per-second"),
        in.number("sweep.objects-per-second", 1, 100_000),
        in.duration("sweep.grace", Duration.ofMinutes(1)),
        in.flag("sweep.repair"));
  }
}
