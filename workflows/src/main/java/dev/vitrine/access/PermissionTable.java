package dev.vitrine.access;

import dev.vitrine.lifecycle.Lifecycle;
import java.util.List;

/**
 * The table as text: a line an operation, a column a relation, and in it a letter for each role
 * that may. A column is empty where the operation has no such cell.
 */
public final class PermissionTable {

  private static final List<Role> ROLES = List.of(Role.READER, Role.MEMBER, Role.SERVICE);

  private PermissionTable() {}

  /** The whole table; what differs from the default is marked by an asterisk. */
  public static String print(Permissions permissions) {
    StringBuilder text = new StringBuilder();
    line(text, "operation", Relation.OF_CELLS.stream().map(Lifecycle::word).toList());
    for (ImageOperation operation : ImageOperation.values()) {
      line(
          text,
          operation.word(),
          Relation.OF_CELLS.stream()
              .map(relation -> column(permissions, operation, relation))
              .toList());
    }
    return text.toString();
  }

  private static String column(
      Permissions permissions, ImageOperation operation, Relation relation) {
    if (!operation.relations().contains(relation)) {
      return "";
    }
    String now = letters(permissions, operation, relation);
    return now.equals(letters(Permissions.DEFAULT, operation, relation)) ? now : now + "*";
  }

  private static String letters(
      Permissions permissions, ImageOperation operation, Relation relation) {
    StringBuilder letters = new StringBuilder();
    for (Role role : ROLES) {
      boolean may = permissions.has(operation, new PermissionCell(role, relation));
      letters.append(may ? role.wireName().charAt(0) : '-');
    }
    return letters.toString();
  }

  private static void line(StringBuilder text, String first, List<String> columns) {
    StringBuilder line = new StringBuilder("%-20s".formatted(first));
    for (String column : columns) {
      line.append("%-11s".formatted(column));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
