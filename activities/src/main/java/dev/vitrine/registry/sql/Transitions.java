package dev.vitrine.registry.sql;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.lifecycle.Decision;
import dev.vitrine.lifecycle.Edge;
import dev.vitrine.lifecycle.Lifecycle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A lifecycle's decision as the registry acts on it. */
final class Transitions {

  private Transitions() {}

  /**
   * The edge to take.
   *
   * @param from null if the thing doesn't exist
   * @return empty if the event succeeds without effect
   * @throws Conflict if there is no such edge
   */
  static <S extends Enum<S>, E extends Enum<E>> Optional<Edge<S, E>> require(
      Lifecycle<S, E> table, Object id, @Nullable S from, E event) {
    Decision<S, E> decision = table.decide(from, event);
    if (decision instanceof Decision.Refusal<S, E> refusal) {
      throw new Conflict(table.explain(id, refusal));
    }
    return decision instanceof Decision.Move<S, E> move
        ? Optional.of(move.edge())
        : Optional.empty();
  }
}
