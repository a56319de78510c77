package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Member;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.Visibility;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The projects an image is shared with. */
interface MembersContract extends RegistryFixture {

  @Test
  default void keepsMembersInTheOrderTheyCame() {
    UUID id = queued().id();
    Member zoe = registry().members().add(id, "zoé");
    Member bea = registry().members().add(id, "bea");

    assertThat(zoe.status()).isEqualTo(MemberStatus.PENDING);
    assertThat(registry().members().of(id)).containsExactly(zoe, bea);
    assertThat(registry().members().find(id, "bea")).contains(bea);
    assertThat(registry().members().find(id, "mars")).isEmpty();
    assertThat(registry().lookup().isMember(id, "zoé")).isTrue();
    assertThat(registry().lookup().isMember(id, "mars")).isFalse();
    assertThat(registry().lookup().isMember(UUID.randomUUID(), "zoé")).isFalse();
  }

  @Test
  default void keepsWhatAMemberMadeOfIt() {
    UUID id = queued().id();
    Member added = registry().members().add(id, "venus");
    clock().advance(Duration.ofMinutes(1));

    Member rejected = registry().members().setStatus(id, "venus", MemberStatus.REJECTED);
    assertThat(rejected.status()).isEqualTo(MemberStatus.REJECTED);
    assertThat(rejected.createdAt()).isEqualTo(added.createdAt());
    assertThat(rejected.updatedAt()).isEqualTo(added.updatedAt().plusSeconds(60));
    assertThat(registry().lookup().isMember(id, "venus")).isTrue();

    Member accepted = registry().members().setStatus(id, "venus", MemberStatus.ACCEPTED);
    assertThat(registry().members().of(id)).containsExactly(accepted);
  }

  @Test
  default void removesAMember() {
    UUID id = queued().id();
    registry().members().add(id, "venus");

    registry().members().remove(id, "venus");

    assertThat(registry().members().of(id)).isEmpty();
    assertThat(registry().lookup().isMember(id, "venus")).isFalse();
    assertThatThrownBy(() -> registry().members().remove(id, "venus")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> registry().members().setStatus(id, "venus", MemberStatus.ACCEPTED))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("venus");
  }

  @Test
  default void refusesAMemberTwice() {
    UUID id = queued().id();
    Member member = registry().members().add(id, "venus");

    assertThatThrownBy(() -> registry().members().add(id, "venus"))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("member already");
    assertThat(registry().members().of(id)).containsExactly(member);
  }

  @ParameterizedTest
  @EnumSource(value = Visibility.class, mode = EnumSource.Mode.EXCLUDE, names = "SHARED")
  default void refusesMembersOfAnImageThatIsNotShared(Visibility visibility) {
    UUID id = registry().images().create(op(), Samples.image(visibility, false)).id();

    assertThatThrownBy(() -> registry().members().add(id, "venus"))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining(visibility.wireName());
    assertThat(registry().members().of(id)).isEmpty();
  }

  @Test
  default void boundsMembers() throws Exception {
    UUID id = queued().id();

    List<Object> outcomes =
        Together.run(6, i -> narrowRegistry().members().add(id, "project " + i));

    assertThat(outcomes).filteredOn(Member.class::isInstance).hasSize(NARROW.members());
    assertThat(outcomes)
        .filteredOn(TooLarge.class::isInstance)
        .hasSize(6 - NARROW.members())
        .allSatisfy(e -> assertThat((TooLarge) e).hasMessageContaining("limit of 2"));
    assertThat(registry().members().of(id)).hasSize(NARROW.members());
  }

  @ParameterizedTest
  @EnumSource(
      value = ImageStatus.class,
      names = {"DELETED", "PENDING_DELETE"})
  default void doesNotFindADeletedImageToShare(ImageStatus status) {
    UUID id = imageThatIs(status).id();

    assertThatThrownBy(() -> registry().members().add(id, "venus")).isInstanceOf(NotFound.class);
  }

  @Test
  default void refusesMembersOfNothing() {
    UUID unknown = UUID.randomUUID();

    assertThatThrownBy(() -> registry().members().add(unknown, "venus"))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> registry().members().add(queued().id(), ""))
        .isInstanceOf(Invalid.class);
    assertThat(registry().members().of(unknown)).isEmpty();
  }
}
