package dev.vitrine.access;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.lifecycle.Lifecycle;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A cell of one operation's row: a role, and what the image or task is to who has it. An admin has
 * no cells, because an admin may do everything.
 */
public record PermissionCell(Role role, Relation relation) implements Comparable<PermissionCell> {

  private static final String FORM = "ROLE of RELATION";

  public PermissionCell {
    if (role == Role.ADMIN || relation == Relation.UNRELATED) {
      throw new Invalid(
          "%s of %s is no cell of the table: an admin may do everything, and nobody else anything to what is none of their business"
              .formatted(role, Lifecycle.word(relation)));
    }
  }

  /**
   * From {@code member of owner}.
   *
   * @throws Invalid if it is none, saying what is one
   */
  static PermissionCell of(String text) {
    String[] parts = text.strip().split("\\s+of\\s+", -1);
    if (parts.length != 2) {
      throw new Invalid("'%s': give %s".formatted(text, FORM));
    }
    Role role =
        Role.named(parts[0].strip())
            .orElseThrow(
                () -> new Invalid("role '%s': give reader, member or service".formatted(parts[0])));
    return new PermissionCell(role, relation(parts[1].strip().toLowerCase(Locale.ROOT)));
  }

  private static Relation relation(String word) {
    return Arrays.stream(Relation.values())
        .filter(relation -> Lifecycle.word(relation).equals(word))
        .findAny()
        .orElseThrow(
            () ->
                new Invalid(
                    "relation '%s': give %s"
                        .formatted(
                            word,
                            Relation.OF_CELLS.stream()
                                .map(Lifecycle::word)
                                .collect(Collectors.joining(", ")))));
  }

  @Override
  public int compareTo(PermissionCell other) {
    int byRelation = relation.compareTo(other.relation);
    return byRelation == 0 ? role.compareTo(other.role) : byRelation;
  }

  /** {@code member of owner}. */
  @Override
  public String toString() {
    return role + " of " + Lifecycle.word(relation);
  }
}
