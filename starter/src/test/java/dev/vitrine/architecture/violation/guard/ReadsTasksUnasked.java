package dev.vitrine.architecture.violation.guard;

import dev.vitrine.registry.Registry;
import java.util.UUID;

/** Shows anybody any task. */
final class ReadsTasksUnasked {

  private ReadsTasksUnasked() {}

  static boolean exists(Registry registry, UUID task) {
    return registry.tasks().find(task).isPresent();
  }
}
