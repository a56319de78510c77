package dev.vitrine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table as an operator changes it. */
final class PermissionsTest {

  private static Permissions changed(String... changes) {
    return Permissions.DEFAULT.with(Arrays.stream(changes).map(PermissionChange::of).toList());
  }

  private static boolean allows(
      Permissions table, ImageOperation operation, Role role, Relation relation) {
    return table.allow(operation, new Requester("ann", "mars", Set.of(role)), relation);
  }

  @Test
  void changesOneCellAndNoOther() {
    Permissions table = changed("allow download to reader of owner");

    assertThat(allows(table, ImageOperation.DOWNLOAD, Role.READER, Relation.OWNER)).isTrue();
    for (ImageOperation operation : ImageOperation.values()) {
      for (Relation relation : Relation.values()) {
        for (Role role : Role.values()) {
          if (operation != ImageOperation.DOWNLOAD
              || relation != Relation.OWNER
              || role != Role.READER) {
            assertThat(allows(table, operation, role, relation))
                .as("%s, %s, %s", operation, role, relation)
                .isEqualTo(allows(Permissions.DEFAULT, operation, role, relation));
          }
        }
      }
    }
  }

  @Test
  void takesACellAway() {
    Permissions table = changed("deny deactivate to member of owner");

    assertThat(allows(table, ImageOperation.DEACTIVATE, Role.MEMBER, Relation.OWNER)).isFalse();
    assertThat(table.takes(ImageOperation.DEACTIVATE, "mars")).isEqualTo("an admin");
    assertThat(allows(Permissions.DEFAULT, ImageOperation.DEACTIVATE, Role.MEMBER, Relation.OWNER))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void takesNothingFromAnAdmin(ImageOperation operation) {
    List<PermissionChange> all =
        Permissions.DEFAULT.row(operation).stream()
            .map(cell -> new PermissionChange(false, operation, cell))
            .toList();
    Permissions table;
    try {
      table = Permissions.DEFAULT.with(all);
    } catch (Invalid othersNeedIt) {
      assertThat(operation).isIn(ImageOperation.SHOW, ImageOperation.SHOW_TASK);
      return;
    }
    for (Relation relation : Relation.values()) {
      assertThat(allows(table, operation, Role.ADMIN, relation)).isTrue();
      assertThat(allows(table, operation, Role.MEMBER, relation)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "allow download reader of owner             | allow OPERATION to ROLE of RELATION",
        "permit download to reader of owner         | allow OPERATION to ROLE of RELATION",
        "allow downlod to reader of owner           | operation 'downlod': give one of show",
        "allow download to writer of owner          | role 'writer': give reader, member or"
            + " service",
        "allow download to reader of unrelated       | no cell of the table",
        "allow download to reader of mars           | relation 'mars': give owner, shared",
        "allow download to reader                   | give ROLE of RELATION",
        "deny delete to admin of owner              | an admin may do everything",
        "allow create to member of public           | create has no cell 'member of public'",
        "allow create-task to member of system      | create-task has no cell",
        "deny show-usage to reader of system        | show-usage has no cell",
      })
  void refusesWhatIsNoChange(String text, String why) {
    assertThatThrownBy(() -> PermissionChange.of(text))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesATableWithoutSense() {
    assertThatThrownBy(() -> changed("deny show to member of public"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("who has the role reader as well");
    assertThatThrownBy(
            () -> changed("deny show to member of public", "deny show to reader of public"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("download is allowed to member of public")
        .hasMessageContaining("show is denied");
    assertThatThrownBy(
            () -> changed("allow delete to member of shared", "deny delete to member of shared"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("give one of them");
    assertThat(
            changed(
                    "deny show to member of community",
                    "deny show to reader of community",
                    "deny download to member of community")
                .relations(ImageOperation.SHOW, Requester.member("ann", "mars")))
        .containsExactlyInAnyOrder(Relation.OWNER, Relation.SHARED, Relation.PUBLIC);
  }

  @Test
  void readsItsOwnTextAgain() {
    for (ImageOperation operation : ImageOperation.values()) {
      for (PermissionCell cell : Permissions.DEFAULT.row(operation)) {
        PermissionChange change = new PermissionChange(false, operation, cell);
        assertThat(PermissionChange.of(change.toString())).isEqualTo(change);
      }
    }
  }

  @Test
  void saysWhatAChangedRowTakes() {
    assertThat(
            changed("allow delete to member of shared", "allow delete to service of public")
                .takes(ImageOperation.DELETE, "mars"))
        .isEqualTo(
            "the role member in project mars or in one that it is shared with or the role service"
                + " in a project that it is public to or admin");
  }

  @Test
  void opensTheTasksApi() {
    Permissions table = Permissions.DEFAULT.withTasksForMembers();

    for (Role role : List.of(Role.READER, Role.MEMBER)) {
      for (Relation relation : List.of(Relation.OWNER, Relation.SYSTEM)) {
        assertThat(allows(table, ImageOperation.USE_TASKS_API, role, relation)).isTrue();
      }
    }
    assertThat(allows(table, ImageOperation.USE_TASKS_API, Role.SERVICE, Relation.OWNER)).isFalse();
  }
}
