package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.Member;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.Visibility;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The projects an image is shared with. */
interface MembersContract extends RegistryFixture {

  @Test
  default void keepsMembersInTheOrderTheyCame() {
    UUID id = queued().id();
    Member zoe = registry().addMember(id, "zoé");
    Member bea = registry().addMember(id, "bea");

    assertThat(zoe.status()).isEqualTo(MemberStatus.PENDING);
    assertThat(registry().members(id)).containsExactly(zoe, bea);
    assertThat(registry().isMember(id, "zoé")).isTrue();
    assertThat(registry().isMember(id, "mars")).isFalse();
    assertThat(registry().isMember(UUID.randomUUID(), "zoé")).isFalse();
  }

  @Test
  default void keepsWhatAMemberMadeOfIt() {
    UUID id = queued().id();
    Member added = registry().addMember(id, "venus");
    clock().advance(Duration.ofMinutes(1));

    Member rejected = registry().setMemberStatus(id, "venus", MemberStatus.REJECTED);
    assertThat(rejected.status()).isEqualTo(MemberStatus.REJECTED);
    assertThat(rejected.createdAt()).isEqualTo(added.createdAt());
    assertThat(rejected.updatedAt()).isEqualTo(added.updatedAt().plusSeconds(60));
    assertThat(registry().isMember(id, "venus")).isTrue();

    Member accepted = registry().setMemberStatus(id, "venus", MemberStatus.ACCEPTED);
    assertThat(registry().members(id)).containsExactly(accepted);
  }

  @Test
  default void removesAMember() {
    UUID id = queued().id();
    registry().addMember(id, "venus");

    registry().removeMember(id, "venus");

    assertThat(registry().members(id)).isEmpty();
    assertThat(registry().isMember(id, "venus")).isFalse();
    assertThatThrownBy(() -> registry().removeMember(id, "venus")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> registry().setMemberStatus(id, "venus", MemberStatus.ACCEPTED))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("venus");
  }

  @Test
  default void refusesAMemberTwice() {
    UUID id = queued().id();
    Member member = registry().addMember(id, "venus");

    assertThatThrownBy(() -> registry().addMember(id, "venus"))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("member already");
    assertThat(registry().members(id)).containsExactly(member);
  }

  @ParameterizedTest
  @EnumSource(value = Visibility.class, mode = EnumSource.Mode.EXCLUDE, names = "SHARED")
  default void refusesMembersOfAnImageThatIsNotShared(Visibility visibility) {
    UUID id = registry().createImage(op(), Samples.image(visibility, false)).id();

    assertThatThrownBy(() -> registry().addMember(id, "venus"))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining(visibility.wireName());
  }

  @Test
  default void refusesMembersOfNothing() {
    UUID unknown = UUID.randomUUID();

    assertThatThrownBy(() -> registry().addMember(unknown, "venus")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> registry().addMember(queued().id(), " ")).isInstanceOf(Invalid.class);
    assertThat(registry().members(unknown)).isEmpty();
  }
}
