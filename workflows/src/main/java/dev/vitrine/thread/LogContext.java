package dev.vitrine.thread;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the lines are about that a thread logs: which request, image, task and workflow. It is kept
 * in slf4j's MDC, under the keys' names, so that any layout can show it.
 */
public final class LogContext {

  private LogContext() {}

  /**
   * Does some work that this thread's lines are about; however it ends, they are then about what
   * they were before. What there is no word of stays as it was.
   */
  public static <R> R during(Map<LogKey, String> about, Supplier<R> work) {
    Map<LogKey, @Nullable String> before = new EnumMap<>(LogKey.class);
    about.keySet().forEach(key -> before.put(key, MDC.get(key.mdc())));
    about.forEach(LogContext::set);
    try {
      return work.get();
    } finally {
      before.forEach(LogContext::set);
    }
  }

  /** As {@link #during(Map, Supplier)}, of work without a result. */
  public static void during(Map<LogKey, String> about, Runnable work) {
    during(
        about,
        () -> {
          work.run();
          return about;
        });
  }

  /** The work, about the same on whatever thread it runs. */
  public static Runnable carried(Runnable work) {
    Map<LogKey, String> about = present();
    return about.isEmpty() ? work : () -> during(about, work);
  }

  /** What this thread's lines are about now. */
  public static Map<LogKey, String> present() {
    Map<LogKey, String> about = new EnumMap<>(LogKey.class);
    for (LogKey key : LogKey.values()) {
      String value = MDC.get(key.mdc());
      if (value != null) {
        about.put(key, value);
      }
    }
    return about;
  }

  private static void set(LogKey key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key.mdc());
    } else {
      MDC.put(key.mdc(), value);
    }
  }
}
