package dev.vitrine.thread;

import java.util.concurrent.ThreadFactory;

/** Makes the threads that go on beside a program and keep no process alive. */
public final class DaemonThreads {

  private DaemonThreads() {}

  /**
   * Makes threads of one name, by which a stack dump tells what they are for.
   *
   * @param name the same for all of them
   */
  public static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
