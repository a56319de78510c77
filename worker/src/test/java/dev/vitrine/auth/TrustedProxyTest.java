package dev.vitrine.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.access.Role;
import dev.vitrine.config.AuthSettings;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.web.AddressRange;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxyTest {

  private static final Authenticator LOCAL = trusting();

  private static Authenticator trusting(String... ranges) {
    return Authenticator.of(
        new AuthSettings.TrustedHeaders(List.of(ranges).stream().map(AddressRange::of).toList()),
        Clock.systemUTC());
  }

  private static Head confirmed() {
    return new Head()
        .with("X-Identity-Status", "Confirmed")
        .with("X-User-Id", "u1")
        .with("X-Project-Id", "p1")
        .with("X-Roles", "Member, reader,_member_,, heat_stack_owner");
  }

  @Test
  void believesTheHeaders() {
    Caller caller =
        LOCAL.authenticate(confirmed().with("X-User-Name", "alice").with("X-Project-Name", "mars"));

    assertThat(caller)
        .isEqualTo(
            new Caller(
                new Requester("u1", "p1", Set.of(Role.MEMBER, Role.READER)),
                List.of("Member", "reader", "_member_", "heat_stack_owner"),
                "alice",
                "mars",
                null));
  }

  @Test
  void knowsTheProjectByItsOldNameAsWell() {
    Head old =
        new Head()
            .with("x-identity-status", "Confirmed")
            .with("x-user-id", "u1")
            .with("x-tenant-id", "p2");

    assertThat(LOCAL.authenticate(old).requester()).isEqualTo(new Requester("u1", "p2", Set.of()));
    assertThat(LOCAL.authenticate(confirmed().with("X-Tenant-Id", "p2")).projectId())
        .isEqualTo("p1");
  }

  private static Head confirmedForSystem(String scope) {
    return new Head()
        .with("X-Identity-Status", "Confirmed")
        .with("X-User-Id", "u1")
        .with("OpenStack-System-Scope", scope)
        .with("X-Roles", "reader");
  }

  @Test
  void knowsTheSystemAsAScope() {
    assertThat(LOCAL.authenticate(confirmedForSystem("all")).requester())
        .isEqualTo(Requester.ofSystem("u1", Set.of(Role.READER)));
    assertThatThrownBy(() -> LOCAL.authenticate(confirmedForSystem("a\u001bpart")))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("'a\\u001bpart'");
  }

  /** A proxy that lets its callers' own headers through would make anybody an admin. */
  @Test
  void takesOneScopeOnly() {
    assertThatThrownBy(() -> LOCAL.authenticate(confirmed().with("OpenStack-System-Scope", "all")))
        .isInstanceOf(Unauthenticated.class);
    assertThatThrownBy(
            () -> LOCAL.authenticate(confirmedForSystem("all").with("X-Tenant-Id", "p1")))
        .isInstanceOf(Unauthenticated.class);
    assertThatThrownBy(
            () ->
                LOCAL.authenticate(
                    new Head()
                        .with("X-Identity-Status", "Confirmed")
                        .with("X-User-Id", "u1")
                        .with("X-Project-Id", Requester.SYSTEM_PROJECT)))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("is not the id of a project");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Invalid", "confirmed", "Confirmed, Confirmed"})
  void refusesWhatTheProxyDidNotConfirm(String status) {
    Head head =
        new Head()
            .with("X-Identity-Status", status)
            .with("X-User-Id", "u1")
            .with("X-Project-Id", "p1");

    assertThatThrownBy(() -> LOCAL.authenticate(head))
        .isInstanceOf(Unauthenticated.class)
        .hasMessageContaining("X-Identity-Status");
  }

  @Test
  void refusesWhatSaysNothing() {
    assertThatThrownBy(() -> LOCAL.authenticate(new Head())).isInstanceOf(Unauthenticated.class);
    assertThatThrownBy(() -> LOCAL.authenticate(Head.withToken("t1")))
        .isInstanceOf(Unauthenticated.class);
    assertThatThrownBy(() -> LOCAL.authenticate(new Head().with("X-Identity-Status", "Confirmed")))
        .isInstanceOf(Unauthenticated.class)
        .hasMessageContaining("X-User-Id");
    assertThatThrownBy(
            () ->
                LOCAL.authenticate(
                    new Head().with("X-Identity-Status", "Confirmed").with("X-User-Id", "u1")))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("for no project");
    assertThat(LOCAL.challenge()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Identity-Status", "X-User-Id", "X-Project-Id", "X-Roles"})
  void refusesWhatIsThereTwice(String header) {
    assertThatThrownBy(() -> LOCAL.authenticate(confirmed().with(header, "admin")))
        .isInstanceOf(Unauthenticated.class)
        .hasMessageContaining(header + " is there 2 times");
  }

  @ParameterizedTest
  @CsvSource({
    // peer, with proxies at 10.1.0.0/16 and fd00::1, with none given
    "127.0.0.1,        false, true",
    "::1,              false, true",
    "10.1.255.255,     true,  false",
    "10.2.0.0,         false, false",
    "::ffff:10.1.2.3,  true,  false",
    "fd00::1,          true,  false",
    "fd00::2,          false, false",
  })
  void believesProxiesOnly(String peer, boolean given, boolean local) {
    Authenticator remote = trusting("10.1.0.0/16", "fd00::1");

    assertThat(isBelieved(remote, peer)).isEqualTo(given);
    assertThat(isBelieved(LOCAL, peer)).isEqualTo(local);
  }

  private static boolean isBelieved(Authenticator authenticator, String peer) {
    try {
      return authenticator.authenticate(confirmed().from(peer)).userId().equals("u1");
    } catch (Unauthenticated refused) {
      assertThat(refused).hasMessageContaining("is no proxy");
      return false;
    }
  }
}
