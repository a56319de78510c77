package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what, cell by cell. */
final class ImageAccessTest {

  private static final Requester ADMIN = Requester.admin("root", "ops");
  private static final Requester OWNER = Requester.member("alice", "mars");
  private static final Requester OTHER = Requester.member("bob", "venus");

  private static Image image(ImageStatus status, Visibility visibility) {
    Instant now = Instant.EPOCH;
    return new Image(
        UUID.randomUUID(),
        "name",
        status,
        1L,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        0,
        visibility,
        false,
        false,
        "mars",
        null,
        now,
        now,
        null,
        null,
        1,
        Map.of(),
        List.of());
  }

  private static Requester who(String role) {
    return switch (role) {
      case "admin" -> ADMIN;
      case "owner" -> OWNER;
      default -> OTHER;
    };
  }

  /** The kind of the error, or {@code ok}. */
  private static String outcome(Runnable check) {
    try {
      check.run();
      return "ok";
    } catch (VitrineException e) {
      return e.kind();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // visibility, admin, owner, member, stranger
    "private,      true,  true,  false,  false",
    "shared,       true,  true,  true,   false",
    "community,    true,  true,  true,   true",
    "public,       true,  true,  true,   true",
  })
  void showsAnImage(
      String visibility, boolean admin, boolean owner, boolean member, boolean stranger) {
    Image image = image(ImageStatus.ACTIVE, Visibility.of(visibility));

    assertThat(ImageAccess.maySee(image, ADMIN, false)).isEqualTo(admin);
    assertThat(ImageAccess.maySee(image, OWNER, false)).isEqualTo(owner);
    assertThat(ImageAccess.maySee(image, OTHER, true)).isEqualTo(member);
    assertThat(ImageAccess.maySee(image, OTHER, false)).isEqualTo(stranger);
  }

  @ParameterizedTest
  @CsvSource({
    // visibility, role,     modify,    admin's
    "private,      admin,    ok,        ok",
    "private,      owner,    ok,        Forbidden",
    "private,      member,   NotFound,  NotFound",
    "private,      stranger, NotFound,  NotFound",
    "shared,       admin,    ok,        ok",
    "shared,       owner,    ok,        Forbidden",
    "shared,       member,   Forbidden, Forbidden",
    "shared,       stranger, NotFound,  NotFound",
    "community,    admin,    ok,        ok",
    "community,    owner,    ok,        Forbidden",
    "community,    member,   Forbidden, Forbidden",
    "community,    stranger, Forbidden, Forbidden",
    "public,       admin,    ok,        ok",
    "public,       owner,    ok,        Forbidden",
    "public,       member,   Forbidden, Forbidden",
    "public,       stranger, Forbidden, Forbidden",
  })
  void letsChange(String visibility, String role, String modify, String administer) {
    boolean member = role.equals("member");
    for (ImageStatus status : ImageStatus.values()) {
      Image image = image(status, Visibility.of(visibility));

      assertThat(outcome(() -> ImageAccess.requireModify(image, who(role), member, "delete")))
          .isEqualTo(modify);
      assertThat(outcome(() -> ImageAccess.requireAdmin(image, who(role), member, "deactivate")))
          .isEqualTo(administer);
    }
  }

  static Stream<Arguments> readingCells() {
    String table =
        """
        status          admin     owner     member    stranger
        queued          Conflict  Conflict  Conflict  NotFound
        saving          Conflict  Conflict  Conflict  NotFound
        active          ok        ok        ok        NotFound
        deactivated     ok        Forbidden Forbidden NotFound
        killed          Conflict  Conflict  Conflict  NotFound
        deleted         NotFound  NotFound  NotFound  NotFound
        pending_delete  NotFound  NotFound  NotFound  NotFound
        """;
    List<String[]> rows = table.lines().map(line -> line.split(" +")).toList();
    List<Arguments> cells = new ArrayList<>();
    for (String[] row : rows.subList(1, rows.size())) {
      for (int column = 1; column < row.length; column++) {
        cells.add(Arguments.of(row[0], rows.get(0)[column], row[column]));
      }
    }
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("readingCells")
  void letsReadTheDataOfASharedImage(String status, String role, String expected) {
    Image image = image(ImageStatus.of(status), Visibility.SHARED);
    boolean member = role.equals("member");

    assertThat(outcome(() -> ImageAccess.requireData(image, who(role), member, "export")))
        .isEqualTo(expected);
  }

  @Test
  void coversEveryStatus() {
    assertThat(readingCells()).hasSize(ImageStatus.values().length * 4);
    assertThat(Arrays.stream(Visibility.values())).hasSize(4);
  }

  @Test
  void saysWhoMayNotDoWhatWithWhat() {
    Image image = image(ImageStatus.DEACTIVATED, Visibility.PUBLIC);

    assertThatThrownBy(() -> ImageAccess.requireModify(image, OTHER, false, "delete"))
        .hasMessageContainingAll(image.id().toString(), "mars", "venus", "bob", "delete");
    assertThatThrownBy(() -> ImageAccess.requireAdmin(image, OWNER, false, "reactivate"))
        .hasMessageContainingAll(image.id().toString(), "reactivate", "alice", "admin");
    assertThatThrownBy(() -> ImageAccess.requireData(image, OWNER, false, "export"))
        .hasMessageContainingAll(image.id().toString(), "deactivated", "export", "alice");
  }
}
