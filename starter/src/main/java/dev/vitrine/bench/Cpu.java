package dev.vitrine.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The CPU of this process without its threads that play clients and sources, and of others.
 *
 * @param bystanders threads of this process that don't count
 */
public record Cpu(ProcessTrees others, Threads bystanders) {

  private static final double NANO = 1e-9;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Threads by their ids, none of which ends before the measurement does. */
  public interface Threads {
    long[] ids();
  }

  /**
   * CPU seconds.
   *
   * @param here of this process
   * @param clients of the bystanders, which is not in {@code here}
   * @param elsewhere of other processes
   */
  public record Reading(double here, double clients, double elsewhere) {

    /** What was taken since. */
    public Reading minus(Reading before) {
      return new Reading(
          here - before.here, clients - before.clients, elsewhere - before.elsewhere);
    }

    /** The bystanders with it, where they are part of the work. */
    public Reading withClients() {
      return new Reading(here + clients, 0, elsewhere);
    }
  }

  /** What has been taken so far. */
  public Reading read() {
    double clients = 0;
    for (long id : bystanders.ids()) {
      clients += Math.max(0, THREADS.getThreadCpuTime(id)) * NANO;
    }
    return new Reading(PROCESS.getProcessCpuTime() * NANO - clients, clients, others.cpuSeconds());
  }
}
