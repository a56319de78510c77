package dev.vitrine.workflow;

import dev.vitrine.activity.Operation;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Does each operation once, and can be down. Its users lock. */
final class FakeDatabase {

  private final Map<String, Object> done = new LinkedHashMap<>();
  private int outages;

  /** The next so many calls fail. */
  void goDownFor(int calls) {
    outages = calls;
  }

  @SuppressWarnings("unchecked")
  <T> T once(Operation operation, Supplier<T> change) {
    try {
      if (outages > 0) {
        outages--;
        throw new Unavailable("the registry does not answer");
      }
      Object before = done.get(operation.id());
      if (before == null) {
        before = change.get();
        done.put(operation.id(), before);
      }
      return (T) before;
    } catch (VitrineException e) {
      throw Failures.toTemporal(e);
    }
  }
}
