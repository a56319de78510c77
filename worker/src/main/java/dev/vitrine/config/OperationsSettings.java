package dev.vitrine.config;

import org.jspecify.annotations.Nullable;

/**
 * Where the process tells how it is.
 *
 * @param listenAddress a host name or address of this machine
 * @param port 0 for any that is free; null for not at all
 * @param traces where spans of what it does go
 */
public record OperationsSettings(String listenAddress, @Nullable Integer port, Traces traces) {

  static OperationsSettings read(SettingsReader in) {
    return new OperationsSettings(
        in.text("operations.listen-address"),
        in.textOrNull("operations.port") == null ? null : in.number("operations.port", 0, 65_535),
        Traces.read(in, "operations.traces"));
  }
}
