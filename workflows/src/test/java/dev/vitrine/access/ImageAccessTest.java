package dev.vitrine.access;

import static dev.vitrine.access.AccessCases.ADMIN;
import static dev.vitrine.access.AccessCases.OTHER;
import static dev.vitrine.access.AccessCases.OWNER;
import static dev.vitrine.access.AccessCases.image;
import static dev.vitrine.access.AccessCases.outcome;
import static dev.vitrine.access.AccessCases.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked beyond the table of {@link ImageOperation}, and how a refusal reads. */
final class ImageAccessTest {

  private static final ImageAccess ACCESS = new ImageAccess(Permissions.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    // visibility, its owner, project that is a member, project that is none
    "PRIVATE,   true, false, false",
    "SHARED,    true, true,  false",
    "COMMUNITY, true, true,  true",
    "PUBLIC,    true, true,  true",
  })
  void showsAnImageByItsId(Visibility visibility, boolean owner, boolean member, boolean other) {
    Image image = image(visibility);

    assertThat(ACCESS.maySee(image, Requester.reader("ann", "mars"), false)).isEqualTo(owner);
    assertThat(ACCESS.maySee(image, Requester.reader("ben", "venus"), true)).isEqualTo(member);
    assertThat(ACCESS.maySee(image, Requester.reader("ben", "venus"), false)).isEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource({
    // visibility, owner, no member, pending, accepted, rejected, an admin of another project
    "PRIVATE,   true, false, false, false, false, true",
    "SHARED,    true, false, false, true,  false, true",
    "COMMUNITY, true, false, false, false, false, false",
    "PUBLIC,    true, true,  true,  true,  true,  true",
  })
  void listsAnImageWithoutBeingAskedForItsVisibility(
      Visibility visibility,
      boolean owner,
      boolean none,
      boolean pending,
      boolean accepted,
      boolean rejected,
      boolean admin) {
    Image image = image(visibility);

    assertThat(ACCESS.listed(image, OWNER, null)).isEqualTo(owner);
    assertThat(ACCESS.listed(image, OTHER, null)).isEqualTo(none);
    assertThat(ACCESS.listed(image, OTHER, MemberStatus.PENDING)).isEqualTo(pending);
    assertThat(ACCESS.listed(image, OTHER, MemberStatus.ACCEPTED)).isEqualTo(accepted);
    assertThat(ACCESS.listed(image, OTHER, MemberStatus.REJECTED)).isEqualTo(rejected);
    assertThat(ACCESS.listed(image, ADMIN, null)).isEqualTo(admin);
  }

  @ParameterizedTest
  @CsvSource({
    // project, role, private, shared, community, public
    "mars,  admin,   ok,        ok,        ok,        ok",
    "mars,  member,  ok,        ok,        ok,        Forbidden",
    "mars,  reader,  Forbidden, Forbidden, Forbidden, Forbidden",
    "mars,  service, Forbidden, Forbidden, Forbidden, Forbidden",
    "venus, admin,   ok,        ok,        ok,        ok",
    "venus, member,  Forbidden, Forbidden, Forbidden, Forbidden",
  })
  void letsCreateAndChangeTheVisibility(
      String project, String role, String toPrivate, String shared, String community, String all) {
    Requester by = with(role, project);
    Map<Visibility, String> cells =
        Map.of(
            Visibility.PRIVATE, toPrivate,
            Visibility.SHARED, shared,
            Visibility.COMMUNITY, community,
            Visibility.PUBLIC, all);

    for (Visibility to : Visibility.values()) {
      String expected = cells.get(to);
      NewImage image =
          new NewImage(
              UUID.randomUUID(),
              null,
              null,
              null,
              null,
              0,
              0,
              to,
              false,
              false,
              "mars",
              Map.of(),
              List.of());

      assertThat(outcome(() -> ACCESS.requireCreate(image, by))).isEqualTo(expected);
      if (!role.equals("service")) {
        assertThat(outcome(() -> ACCESS.requireVisibility(image(Visibility.PUBLIC), to, by, false)))
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // status, an admin, member of the owner, member of a project it is shared with, a reader
    "QUEUED,         Conflict, Conflict,  Conflict,  Forbidden",
    "SAVING,         Conflict, Conflict,  Conflict,  Forbidden",
    "ACTIVE,         ok,       ok,        ok,        Forbidden",
    "DEACTIVATED,    ok,       Forbidden, Forbidden, Forbidden",
    "KILLED,         Conflict, Conflict,  Conflict,  Forbidden",
    "DELETED,        NotFound, NotFound,  NotFound,  NotFound",
    "PENDING_DELETE, NotFound, NotFound,  NotFound,  NotFound",
  })
  void letsReadTheDataOfASharedImage(
      ImageStatus status, String admin, String owner, String member, String reader) {
    Image image = image(status, Visibility.SHARED, false);

    assertThat(data(image, ADMIN, false)).isEqualTo(admin);
    assertThat(data(image, OWNER, false)).isEqualTo(owner);
    assertThat(data(image, OTHER, true)).isEqualTo(member);
    assertThat(data(image, Requester.reader("ann", "mars"), false)).isEqualTo(reader);
    assertThat(data(image, OTHER, false)).isEqualTo("NotFound");
  }

  private static String data(Image image, Requester by, boolean member) {
    return outcome(() -> ACCESS.requireData(image, by, member, "export"));
  }

  @ParameterizedTest
  @EnumSource
  void deletesNothingThatIsProtected(ImageStatus status) {
    Image guarded = image(status, Visibility.PUBLIC, true);
    Image free = image(status, Visibility.PUBLIC, false);

    for (Requester by : List.of(ADMIN, OWNER)) {
      assertThat(outcome(() -> ACCESS.requireDeletable(guarded, by))).isEqualTo("Forbidden");
      assertThat(outcome(() -> ACCESS.requireDeletable(free, by))).isEqualTo("ok");
    }
    assertThatThrownBy(() -> ACCESS.requireDeletable(guarded, OTHER))
        .hasMessageContaining("it takes the role member in project mars")
        .hasMessageNotContaining("protected");
  }

  @ParameterizedTest
  @CsvSource({"PRIVATE, ADMIN", "PRIVATE, OWNER", "COMMUNITY, ADMIN", "PUBLIC, OWNER"})
  void findsMembersOnlyOfASharedImage(Visibility visibility, String who) {
    Requester by = who.equals("ADMIN") ? ADMIN : OWNER;
    Image image = image(visibility);

    assertThatThrownBy(() -> ACCESS.require(ImageOperation.ADD_MEMBER, image, by, false))
        .isInstanceOf(VitrineException.Forbidden.class)
        .hasMessageContainingAll(image.id().toString(), visibility.toString(), "only a shared");
  }

  @ParameterizedTest
  @CsvSource({
    // whose status, by an admin, by the owner, by venus, by another project
    "venus, ok, Forbidden, ok,       NotFound",
    "earth, ok, Forbidden, NotFound, NotFound",
  })
  void letsAMemberAnswerForItself(
      String whose, String admin, String owner, String venus, String other) {
    Image image = image(Visibility.SHARED);
    Requester stranger = Requester.member("eve", "pluto");

    assertThat(status(image, ADMIN, false, whose)).isEqualTo(admin);
    assertThat(status(image, OWNER, false, whose)).isEqualTo(owner);
    assertThat(status(image, OTHER, true, whose)).isEqualTo(venus);
    assertThat(status(image, stranger, false, whose)).isEqualTo(other);
    assertThat(ACCESS.maySeeMember(image, OWNER, whose)).isTrue();
    assertThat(ACCESS.maySeeMember(image, OTHER, whose)).isEqualTo(whose.equals("venus"));
  }

  private static String status(Image image, Requester by, boolean member, String whose) {
    return outcome(() -> ACCESS.requireMemberStatus(image, by, member, whose));
  }

  @ParameterizedTest
  @CsvSource({
    // who deactivated it, then who may reactivate it: a member of the owner, an admin elsewhere
    "alice, mars,       ok,        ok",
    "root,  ops,        Forbidden, ok",
    "root,  system:all, Forbidden, ok",
    ",      ,           Forbidden, ok",
  })
  void leavesWhatAnotherProjectDeactivatedToAdmins(
      @Nullable String user, @Nullable String project, String owner, String admin) {
    Image image = image(ImageStatus.DEACTIVATED, Visibility.SHARED, false);
    Deactivation by = new Deactivation(user, project);

    assertThat(outcome(() -> ImageAccess.requireReactivation(image, by, OWNER))).isEqualTo(owner);
    assertThat(outcome(() -> ImageAccess.requireReactivation(image, by, ADMIN))).isEqualTo(admin);
  }

  @Test
  void saysWhoMayNotDoWhatWithWhatAndWhatItTakes() {
    Image image = image(ImageStatus.DEACTIVATED, Visibility.PUBLIC, false);

    assertThat(message(ImageOperation.DELETE, image, OTHER))
        .isEqualTo(
            "image %s of project mars: delete by bob of project venus is forbidden; it takes the"
                + " role member in project mars or admin",
            image.id());
    assertThat(message(ImageOperation.PUBLICIZE, image, OWNER))
        .endsWith("make public by alice of project mars is forbidden; it takes an admin");
    assertThat(
            message(ImageOperation.MODIFY, image, Requester.ofSystem("aud", Set.of(Role.READER))))
        .endsWith(
            "modify by aud of the system is forbidden; it takes the role member in project mars or"
                + " admin");
    assertThat(message(ImageOperation.DOWNLOAD, image, Requester.reader("ann", "mars")))
        .endsWith("it takes the role member or admin");
    assertThat(message(ImageOperation.ADD_LOCATION, image, OTHER))
        .endsWith("it takes the role member in project mars or the role service or admin");
    assertThat(message(ImageOperation.LIST_MEMBERS, image, OTHER))
        .endsWith("the role reader in project mars or in one that it is shared with, or admin");
    assertThatThrownBy(() -> ACCESS.requireData(image, OWNER, false, "export"))
        .hasMessageContainingAll(image.id().toString(), "deactivated", "export", "alice");
    assertThatThrownBy(() -> ACCESS.require(ImageOperation.USE_TASKS_API, OWNER))
        .hasMessage("use the tasks API by alice of project mars is forbidden; it takes an admin");
  }

  private static @Nullable String message(ImageOperation operation, Image image, Requester by) {
    try {
      ACCESS.require(operation, image, by, false);
      return null;
    } catch (VitrineException e) {
      return e.getMessage();
    }
  }
}
