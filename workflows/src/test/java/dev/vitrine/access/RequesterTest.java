package dev.vitrine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.error.VitrineException.Invalid;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequesterTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Requester read(String json) throws Exception {
    return JSON.readValue(json, Requester.class);
  }

  @ParameterizedTest
  @CsvSource({
    // the role, and whether it is one of these
    "ADMIN,   true,  true,  true,  false",
    "MEMBER,  false, true,  true,  false",
    "READER,  false, false, true,  false",
    "SERVICE, false, false, false, true",
  })
  void hasWhatItsRoleImplies(
      Role role, boolean admin, boolean member, boolean reader, boolean service) {
    Requester by = new Requester("alice", "mars", Set.of(role));

    assertThat(by.admin()).isEqualTo(admin);
    assertThat(by.mayWrite()).isEqualTo(member);
    assertThat(by.has(Role.READER)).isEqualTo(reader);
    assertThat(by.service()).isEqualTo(service);
  }

  @Test
  void writesItsRolesInOneOrder() throws Exception {
    Requester by =
        new Requester("alice", "mars", EnumSet.of(Role.SERVICE, Role.READER, Role.ADMIN));

    assertThat(JSON.writeValueAsString(by))
        .isEqualTo(
            "{\"user\":\"alice\",\"project\":\"mars\",\"roles\":[\"reader\",\"admin\",\"service\"]}");
    assertThat(read(JSON.writeValueAsString(by))).isEqualTo(by);
  }

  @Test
  void readsTheFormThatOnlyKnewAdmins() throws Exception {
    assertThat(read("{\"user\":\"root\",\"project\":\"ops\",\"admin\":true}"))
        .isEqualTo(Requester.admin("root", "ops"));
    assertThat(read("{\"user\":\"alice\",\"project\":\"mars\",\"admin\":false}"))
        .isEqualTo(Requester.member("alice", "mars"));
  }

  @Test
  void goesByTheRolesWhereBothFormsAreGiven() throws Exception {
    assertThat(read("{\"user\":\"a\",\"project\":\"p\",\"admin\":true,\"roles\":[\"reader\"]}"))
        .isEqualTo(Requester.reader("a", "p"));
  }

  @Test
  void mayDoNothingWhereNothingIsSaidOrKnownOfItsRoles() throws Exception {
    assertThat(read("{\"user\":\"a\",\"project\":\"p\"}").roles()).isEmpty();
    assertThat(read("{\"user\":\"a\",\"project\":\"p\",\"roles\":[\"auditor\"]}").roles())
        .isEmpty();
  }

  @Test
  void refusesABlankName() {
    for (List<String> names : List.of(List.of(" ", "mars"), List.of("alice", ""))) {
      assertThatThrownBy(() -> Requester.member(names.get(0), names.get(1)))
          .isInstanceOf(Invalid.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"admin, ADMIN", "Member, MEMBER", "READER, READER", "service, SERVICE"})
  void namesARoleInAnyCase(String name, Role role) {
    assertThat(Role.named(name)).contains(role);
    assertThat(Role.named(name + "s")).isEmpty();
  }
}
