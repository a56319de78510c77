package dev.vitrine.architecture.violation.guard;

import dev.vitrine.activity.Operation;
import dev.vitrine.registry.Registry;
import java.time.Duration;
import java.util.UUID;

/** Deletes any image for anybody. */
final class DeletesUnasked {

  private DeletesUnasked() {}

  static void delete(Registry registry, Operation operation, UUID image) {
    registry.deletions().delete(operation, image, Duration.ZERO);
  }
}
