package dev.vitrine.access;

import static dev.vitrine.access.AccessCases.ADMIN;
import static dev.vitrine.access.AccessCases.image;
import static dev.vitrine.access.AccessCases.outcome;
import static dev.vitrine.access.AccessCases.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Visibility;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what, cell by cell. */
final class ImageOperationTest {

  private static final ImageAccess ACCESS = new ImageAccess(Permissions.DEFAULT);

  /**
   * Written out from glance/policies/image.py and base.py; the system's columns are ours. What the
   * image is to the caller, and the caller's only role; + allowed, F forbidden, N not found. The
   * service's cells: the rule names it, and the image is found for its project; a service does not
   * see one by get_image.
   */
  private static final String IMAGE_TABLE =
      """
                          owner  owner  owner   shared shared shared  community community community public public public  private private private system system system
                          member reader service member reader service member    reader    service   member reader service member  reader  service member reader service
      show                +      +      N       +      +      N       +         +         N         +      +      N       N       N       N       +      +      N
      download            +      F      N       +      F      N       +         F         N         +      F      N       N       N       N       F      F      N
      modify              +      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      publicize           F      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      communitize         +      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      change_owner        F      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      upload              +      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      import              +      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      copy                F      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      delete              +      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      deactivate          +      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      reactivate          +      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      add_location        +      F      +       F      F      +       F         F         +         F      F      +       N       N       N       F      F      N
      set_locations       +      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      show_locations      +      +      N       F      F      N       F         F         N         F      F      N       N       N       N       +      +      N
      list_locations      F      F      +       F      F      +       F         F         +         F      F      +       N       N       N       F      F      N
      remove_location     F      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      delete_from_store   F      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      list_members        +      +      N       +      +      N       F         F         N         F      F      N       N       N       N       +      +      N
      add_member          +      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      remove_member       +      F      N       F      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      set_member_status   F      F      N       +      F      N       F         F         N         F      F      N       N       N       N       F      F      N
      show_history        +      +      N       F      F      N       F         F         N         F      F      N       N       N       N       +      +      N
      """;

  /** Where there is no image (yet): the owner's project, or another; + allowed, F not. */
  private static final String OWNER_TABLE =
      """
                          owner  owner  owner   other  other  other   system system system
                          member reader service member reader service member reader service
      list                +      +      F       F      F      F       +      +      F
      create              +      F      F       F      F      F       F      F      F
      list_audit          +      +      F       F      F      F       +      +      F
      manage_webhooks     F      F      F       F      F      F       F      F      F
      show_reconciliation F      F      F       F      F      F       F      F      F
      show_task           +      +      F       F      F      F       +      +      F
      create_task         +      F      F       F      F      F       F      F      F
      use_tasks_api       F      F      F       F      F      F       F      F      F
      show_store_details  F      F      +       F      F      F       F      F      F
      show_usage          +      +      F       F      F      F       F      F      F
      """;

  private static Stream<Arguments> cells(String table) {
    List<String[]> rows = table.lines().map(line -> line.strip().split(" +")).toList();
    List<Arguments> cells = new ArrayList<>();
    for (String[] row : rows.subList(2, rows.size())) {
      assertThat(row).hasSize(rows.get(0).length + 1);
      for (int column = 1; column < row.length; column++) {
        String expected =
            switch (row[column]) {
              case "+" -> "ok";
              case "F" -> "Forbidden";
              case "N" -> "NotFound";
              default -> throw new IllegalArgumentException(row[column]);
            };
        cells.add(
            Arguments.of(
                operation(row[0]), rows.get(0)[column - 1], rows.get(1)[column - 1], expected));
      }
    }
    return cells.stream();
  }

  private static ImageOperation operation(String word) {
    return ImageOperation.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static Stream<Arguments> imageCells() {
    return cells(IMAGE_TABLE);
  }

  @ParameterizedTest
  @MethodSource("imageCells")
  void decidesOnAnImage(ImageOperation operation, String relation, String role, String expected) {
    boolean own = relation.equals("owner");
    boolean system = relation.equals("system");
    Image image = image(own || system ? Visibility.SHARED : Visibility.of(relation));
    Requester by = with(role, own ? "mars" : system ? Requester.SYSTEM_PROJECT : "venus");
    boolean member = relation.equals("shared");

    assertThat(outcome(() -> ACCESS.require(operation, image, by, member))).isEqualTo(expected);
  }

  static Stream<Arguments> ownerCells() {
    return cells(OWNER_TABLE);
  }

  @ParameterizedTest
  @MethodSource("ownerCells")
  void decidesWhereThereIsNoImage(
      ImageOperation operation, String relation, String role, String expected) {
    String project =
        switch (relation) {
          case "owner" -> "mars";
          case "system" -> Requester.SYSTEM_PROJECT;
          default -> "venus";
        };
    Requester by = with(role, project);

    assertThat(ACCESS.may(operation, "mars", by)).isEqualTo(expected.equals("ok"));
    if (!relation.equals("other")) {
      assertThat(outcome(() -> ACCESS.require(operation, by))).isEqualTo(expected);
    }
  }

  @Test
  void coversEveryOperation() {
    assertThat(
            Stream.concat(imageCells(), ownerCells())
                .map(cell -> (ImageOperation) cell.get()[0])
                .toList())
        .containsAll(EnumSet.allOf(ImageOperation.class));
  }

  @ParameterizedTest
  @EnumSource
  void letsAnAdminDoEverythingToAnyImage(ImageOperation operation) {
    for (ImageStatus status : ImageStatus.values()) {
      Image image = image(status, Visibility.SHARED, true);

      assertThat(outcome(() -> ACCESS.require(operation, image, ADMIN, false))).isEqualTo("ok");
    }
    assertThat(ACCESS.may(operation, "mars", ADMIN)).isTrue();
    assertThat(ACCESS.maySee(image(Visibility.PRIVATE), ADMIN, false)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void letsNobodyDoAnythingWithoutARole(ImageOperation operation) {
    Requester without = new Requester("dave", "mars", Set.of());

    for (Visibility visibility : Visibility.values()) {
      assertThat(outcome(() -> ACCESS.require(operation, image(visibility), without, false)))
          .isEqualTo("NotFound");
    }
    assertThat(outcome(() -> ACCESS.require(operation, without))).isEqualTo("Forbidden");
  }
}
