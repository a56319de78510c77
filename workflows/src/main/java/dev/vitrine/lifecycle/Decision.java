package dev.vitrine.lifecycle;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a lifecycle says to an event: exactly one of these for every status and event. */
public sealed interface Decision<S extends Enum<S>, E extends Enum<E>> {

  /** The event moves the status along this edge. */
  record Move<S extends Enum<S>, E extends Enum<E>>(Edge<S, E> edge) implements Decision<S, E> {}

  /** The event succeeds and changes nothing: what it asks for is already so. */
  record Unchanged<S extends Enum<S>, E extends Enum<E>>(S status) implements Decision<S, E> {}

  /**
   * There is no such edge.
   *
   * @param from the present status; null if the thing doesn't exist yet
   * @param allowed the events that would be legal from there
   */
  record Refusal<S extends Enum<S>, E extends Enum<E>>(@Nullable S from, E event, Set<E> allowed)
      implements Decision<S, E> {}
}
