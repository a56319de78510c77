package dev.vitrine.bench;

/**
 * What some bytes took once.
 *
 * @param bytes at least 1
 * @param seconds by the clock on the wall
 * @param cpuSeconds of all processes, without the threads that play clients and sources
 * @param clientsCpuSeconds of those
 */
record MovedBytes(long bytes, double seconds, double cpuSeconds, double clientsCpuSeconds) {

  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;

  double megabytesPerSecond() {
    return bytes / MEGA / seconds;
  }

  double cpuPerGigabyte() {
    return cpuSeconds * GIGA / bytes;
  }

  double clientsCpuPerGigabyte() {
    return clientsCpuSeconds * GIGA / bytes;
  }
}
