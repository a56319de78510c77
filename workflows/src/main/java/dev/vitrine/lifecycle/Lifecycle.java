package dev.vitrine.lifecycle;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A status table: pure, total and immutable. Every pair of status and event has exactly one {@link
 * Decision}.
 *
 * @param noun what it is the lifecycle of, as messages say it: {@code image}
 * @param edges every legal change, in the order of their numbers
 * @param repeats edges whose event also succeeds, without effect, where the status is already the
 *     edge's target
 */
public record Lifecycle<S extends Enum<S>, E extends Enum<E>>(
    String noun, List<Edge<S, E>> edges, Set<E> repeats) {

  public Lifecycle {
    edges = List.copyOf(edges);
    repeats = Set.copyOf(repeats);
  }

  /**
   * Decides what an event does.
   *
   * @param from the present status; null if the thing doesn't exist yet
   */
  public Decision<S, E> decide(@Nullable S from, E event) {
    for (Edge<S, E> edge : edges) {
      if (edge.event() != event) {
        continue;
      }
      if (edge.from() == from) {
        return new Decision.Move<>(edge);
      }
      if (edge.to() == from && repeats.contains(event)) {
        return new Decision.Unchanged<>(from);
      }
    }
    return new Decision.Refusal<>(from, event, allowed(from));
  }

  /** The events that are legal from a status, in the table's order. */
  public Set<E> allowed(@Nullable S from) {
    return edges.stream()
        .filter(edge -> edge.from() == from)
        .map(Edge::event)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * The reverse of {@link #word}, letter for letter: a word in capitals is another one.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static <E extends Enum<E>> E constant(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(word)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("'%s' is no %s".formatted(word, type.getSimpleName()));
  }

  /** A refusal in words: which thing, its status, the event, and what would be allowed. */
  public String explain(Object id, Decision.Refusal<S, E> refusal) {
    S from = refusal.from();
    String status = from == null ? "does not exist" : "is " + word(from);
    String allowed =
        refusal.allowed().isEmpty()
            ? "nothing is allowed any more"
            : "allowed: "
                + refusal.allowed().stream().map(Enum::toString).collect(Collectors.joining(", "));
    return "%s %s %s: %s refused; %s".formatted(noun, id, status, refusal.event(), allowed);
  }

  /** The table as aligned text, a row an edge. */
  public String toText() {
    String head = "%3s  %-15s %-22s %-15s %s".formatted("#", "from", "event", "to", "condition");
    return edges.stream()
        .map(
            edge ->
                "%3d  %-15s %-22s %-15s %s"
                    .formatted(
                        edge.number(),
                        edge.from() == null ? "-" : word(edge.from()),
                        edge.event(),
                        word(edge.to()),
                        edge.condition())
                    .stripTrailing())
        .collect(Collectors.joining("\n", noun + " statuses\n" + head + "\n", "\n"));
  }

  /** The table as a Mermaid state diagram. */
  public String toMermaid() {
    return edges.stream()
        .map(
            edge ->
                "    %s --> %s: %s"
                    .formatted(
                        edge.from() == null ? "[*]" : word(edge.from()),
                        word(edge.to()),
                        edge.event()))
        .collect(Collectors.joining("\n", "stateDiagram-v2\n", "\n"));
  }

  /** The name of a status as the wire has it: {@code pending_delete}. */
  public static String word(Enum<?> status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
