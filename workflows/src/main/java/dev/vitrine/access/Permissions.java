package dev.vitrine.access;

import static dev.vitrine.access.Relation.OWNER;
import static dev.vitrine.access.Relation.SYSTEM;
import static dev.vitrine.access.Role.MEMBER;
import static dev.vitrine.access.Role.READER;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The table of who may do what: for each operation the cells that allow it. The one mechanism for
 * images, tasks and everything else that is asked leave for. Immutable.
 *
 * <p>An admin may do everything, whatever the table says.
 */
public final class Permissions {

  /** What holds where an operator says nothing. */
  public static final Permissions DEFAULT = new Permissions(byDefault());

  private final Map<ImageOperation, Set<PermissionCell>> rows;

  private Permissions(Map<ImageOperation, Set<PermissionCell>> rows) {
    this.rows = rows;
  }

  private static Map<ImageOperation, Set<PermissionCell>> byDefault() {
    Map<ImageOperation, Set<PermissionCell>> rows = new EnumMap<>(ImageOperation.class);
    for (ImageOperation operation : ImageOperation.values()) {
      Set<PermissionCell> cells = new TreeSet<>(operation.rule().cells());
      cells.removeIf(cell -> !operation.relations().contains(cell.relation()));
      rows.put(operation, cells);
    }
    return rows;
  }

  /**
   * The same table with some cells changed.
   *
   * @throws Invalid if a change is none, contradicts another, or leaves a table without sense
   */
  public Permissions with(Iterable<PermissionChange> changes) {
    Map<ImageOperation, Set<PermissionCell>> changed = new EnumMap<>(ImageOperation.class);
    rows.forEach((operation, cells) -> changed.put(operation, new TreeSet<>(cells)));
    Map<String, PermissionChange> said = new HashMap<>();
    for (PermissionChange change : changes) {
      PermissionChange before = said.putIfAbsent(change.operation() + " " + change.cell(), change);
      if (before != null && !before.equals(change)) {
        throw new Invalid("'%s' and '%s': give one of them".formatted(before, change));
      }
      Set<PermissionCell> row = changed.getOrDefault(change.operation(), new TreeSet<>());
      if (change.allowed()) {
        row.add(change.cell());
      } else {
        row.remove(change.cell());
      }
    }
    Permissions all = new Permissions(changed);
    changed.keySet().forEach(all::requireSense);
    return all;
  }

  /** A member is a reader as well, and nobody changes what there isn't for them. */
  private void requireSense(ImageOperation operation) {
    for (Relation relation : operation.relations()) {
      PermissionCell reader = new PermissionCell(READER, relation);
      PermissionCell member = new PermissionCell(MEMBER, relation);
      if (has(operation, reader) && !has(operation, member)) {
        throw new Invalid(
            "permissions: %s is allowed to %s and denied to %s, who has the role reader as well; allow or deny it to both"
                .formatted(operation.word(), reader, member));
      }
      for (PermissionCell cell : List.of(reader, member)) {
        requireSight(operation, cell);
      }
    }
  }

  private void requireSight(ImageOperation operation, PermissionCell cell) {
    ImageOperation sight =
        operation == ImageOperation.CREATE_TASK ? ImageOperation.SHOW_TASK : ImageOperation.SHOW;
    boolean takesSight = operation.onImage() || operation == ImageOperation.CREATE_TASK;
    if (takesSight && has(operation, cell) && !has(sight, cell)) {
      throw new Invalid(
          "permissions: %s is allowed to %s, for whom there is nothing to do it to, because %s is denied; allow both, or deny both"
              .formatted(operation.word(), cell, sight.word()));
    }
  }

  boolean has(ImageOperation operation, PermissionCell cell) {
    return rows.getOrDefault(operation, Set.of()).contains(cell);
  }

  /** Whether somebody may do it to what is that to them. */
  public boolean allow(ImageOperation operation, Requester by, Relation relation) {
    return by.admin()
        || rows.getOrDefault(operation, Set.of()).stream()
            .anyMatch(cell -> cell.relation() == relation && by.has(cell.role()));
  }

  /** To what somebody may do it: everything for an admin, or the relations that it takes. */
  Set<Relation> relations(ImageOperation operation, Requester by) {
    Set<Relation> all = Relation.none();
    for (Relation relation : Relation.values()) {
      boolean possible = by.admin() || by.system() == (relation == SYSTEM);
      if (possible && allow(operation, by, relation)) {
        all.add(relation);
      }
    }
    return Collections.unmodifiableSet(all);
  }

  /**
   * What it takes, in words.
   *
   * @param owner the project that owns what it is to be done to
   */
  String takes(ImageOperation operation, String owner) {
    return RequiredRoles.of(rows.getOrDefault(operation, Set.of()), owner);
  }

  /** The cells of an operation's row, in order. */
  public Set<PermissionCell> row(ImageOperation operation) {
    return Collections.unmodifiableSet(rows.getOrDefault(operation, Set.of()));
  }

  /** The table that lets the project's own, and the system's readers, use the tasks API. */
  public Permissions withTasksForMembers() {
    return with(
        List.of(
            new PermissionChange(
                true, ImageOperation.USE_TASKS_API, new PermissionCell(READER, OWNER)),
            new PermissionChange(
                true, ImageOperation.USE_TASKS_API, new PermissionCell(MEMBER, OWNER)),
            new PermissionChange(
                true, ImageOperation.USE_TASKS_API, new PermissionCell(READER, SYSTEM)),
            new PermissionChange(
                true, ImageOperation.USE_TASKS_API, new PermissionCell(MEMBER, SYSTEM))));
  }
}
