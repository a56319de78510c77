package dev.vitrine.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PermissionTableTest {

  private static final Permissions CHANGED =
      Permissions.DEFAULT.with(
          List.of(
              PermissionChange.of("allow download to reader of owner"),
              PermissionChange.of("deny deactivate to member of owner")));

  /** The columns of each line by its operation. */
  private static Map<String, List<String>> lines(Permissions permissions) {
    return PermissionTable.print(permissions)
        .lines()
        .map(line -> List.of(line.split(" {1,}")))
        .collect(Collectors.toMap(line -> line.get(0), Function.identity()));
  }

  @ParameterizedTest
  @EnumSource
  void printsWhatIsAllowed(ImageOperation operation) {
    List<String> line = lines(CHANGED).get(operation.word());
    List<Relation> relations = operation.relations();

    assertThat(line).hasSize(relations.size() + 1);
    for (int i = 0; i < relations.size(); i++) {
      for (Role role : List.of(Role.READER, Role.MEMBER, Role.SERVICE)) {
        Requester by = new Requester("ann", "mars", Set.of(role));
        // A member is a reader, too, whose letter stands there on its own account.
        if (role != Role.MEMBER) {
          assertThat(line.get(i + 1).contains(role.wireName().substring(0, 1)))
              .as("%s of %s", role, relations.get(i))
              .isEqualTo(CHANGED.allow(operation, by, relations.get(i)));
        }
      }
    }
  }

  @Test
  void marksWhatWasChanged() {
    assertThat(lines(CHANGED).get("download")).element(1).isEqualTo("rm-*");
    assertThat(lines(CHANGED).get("deactivate")).element(1).isEqualTo("---*");
    assertThat(lines(CHANGED).get("delete")).element(1).isEqualTo("-m-");
    assertThat(PermissionTable.print(Permissions.DEFAULT)).doesNotContain("*");
  }

  @Test
  void fitsATerminal() {
    assertThat(PermissionTable.print(CHANGED).lines()).allMatch(line -> line.length() <= 80);
    assertThat(PermissionTable.print(CHANGED).lines())
        .hasSize(Arrays.asList(ImageOperation.values()).size() + 1);
  }
}
