package dev.vitrine.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.access.Role;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.error.VitrineException.Unavailable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeystoneTokensTest {

  private static final Duration CACHED = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HandClock clock = new HandClock();
  private final FakeKeystone keystone = new FakeKeystone(clock);
  private final Authenticator authenticator =
      Authenticator.of(keystone.settings(CACHED, PATIENCE), clock);

  @AfterEach
  void stop() {
    keystone.close();
  }

  private Instant in(Duration time) {
    return clock.instant().plus(time);
  }

  private Caller authenticate(String token) {
    return authenticator.authenticate(Head.withToken(token));
  }

  @Test
  void tellsWhoHasTheToken() {
    Instant expiry = in(Duration.ofHours(1));
    keystone.put("t1", expiry, "member", "reader", "load-balancer_member");

    Caller caller = authenticate("t1");

    assertThat(caller)
        .isEqualTo(
            new Caller(
                new Requester("u1", "p1", Set.of(Role.MEMBER, Role.READER)),
                List.of("member", "reader", "load-balancer_member"),
                "alice",
                "mars",
                expiry));
    assertThat(caller.userId()).isEqualTo("u1");
    assertThat(caller.projectId()).isEqualTo("p1");
    assertThat(keystone.queries).containsOnly("nocatalog");
  }

  @ParameterizedTest
  @CsvSource({
    "admin, ADMIN",
    "Admin, ADMIN",
    "MEMBER, MEMBER",
    "_member_, MEMBER",
    "Reader, READER",
    "service, SERVICE"
  })
  void knowsRolesInAnyCase(String name, Role role) {
    keystone.put("t1", in(Duration.ofHours(1)), name);

    assertThat(authenticate("t1").requester().roles()).containsExactly(role);
    assertThat(authenticate("t1").roles()).containsExactly(name);
  }

  @Test
  void takesTheUrlWithItsVersionAsWell() {
    keystone.put("t1", in(Duration.ofHours(1)), "member");
    Authenticator versioned =
        Authenticator.of(
            FakeKeystone.settings(
                URI.create(keystone.url() + "/v3"), FakeKeystone.PASSWORD, CACHED, PATIENCE),
            clock);

    assertThat(versioned.authenticate(Head.withToken("t1")).userId()).isEqualTo("u1");
  }

  @Test
  void refusesARequestWithoutAToken() {
    for (Head head : List.of(new Head(), Head.withToken(" "))) {
      assertThatThrownBy(() -> authenticator.authenticate(head))
          .isInstanceOf(Unauthenticated.class)
          .hasMessageContaining("X-Auth-Token is missing");
    }
    assertThat(keystone.validations).hasValue(0);
    assertThat(authenticator.challenge()).contains("Keystone uri=\"https://keystone.example.org\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "t\u00e4st", "t\r\nX-Subject-Token: other", "t\u0000"})
  void asksNobodyAboutWhatIsNoToken(String token) {
    assertThatThrownBy(() -> authenticate(token))
        .isInstanceOf(Unauthenticated.class)
        .hasMessageNotContaining(token);
    assertThat(keystone.validations).hasValue(0);
  }

  @Test
  void refusesTwoTokens() {
    assertThatThrownBy(
            () -> authenticator.authenticate(Head.withToken("t1").with("x-auth-token", "t2")))
        .isInstanceOf(Unauthenticated.class)
        .hasMessageContaining("X-Auth-Token is there 2 times");
  }

  @Test
  void refusesAnUnknownTokenAndAsksAgainAMomentLater() {
    assertThatThrownBy(() -> authenticate("new"))
        .isInstanceOf(Unauthenticated.class)
        .hasMessageContaining("unknown, expired or revoked");

    keystone.put("new", in(Duration.ofHours(1)), "member");
    assertThatThrownBy(() -> authenticate("new")).isInstanceOf(Unauthenticated.class);
    clock.forward(Duration.ofSeconds(3));

    assertThat(authenticate("new").userId()).isEqualTo("u1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"roles\": [] | no project",
        "\"domain\": {\"id\": \"d\"}, \"roles\": [{\"name\": \"admin\"}] | a domain, and nothing"
            + " belongs to a domain",
        "\"system\": {\"all\": false}, \"roles\": [{\"name\": \"admin\"}] | no project",
        "\"system\": {}, \"roles\": [{\"name\": \"admin\"}] | no project",
      })
  void refusesATokenForNoProject(String fields, String scope) {
    keystone.put(
        "t1",
        "\"expires_at\": \"%s\", \"user\": {\"id\": \"u1\"}, %s"
            .formatted(in(Duration.ofHours(1)), fields));

    assertThatThrownBy(() -> authenticate("t1"))
        .isInstanceOf(Forbidden.class)
        .hasMessage(
            "user u1: the token is for %s; get one for a project, or for the system", scope);
  }

  /** As the Identity API documents a token with the scope of the system. */
  @Test
  void takesATokenForTheSystem() {
    keystone.put(
        "t1",
        """
        "expires_at": "%s", "user": {"id": "u1", "name": "ops", "domain": {"id": "default"}},
        "system": {"all": true}, "roles": [{"id": "r1", "name": "admin"}, {"id": "r2", "name": "reader"}]
        """
            .formatted(in(Duration.ofHours(1))));

    Caller caller = authenticate("t1");

    assertThat(caller.requester())
        .isEqualTo(Requester.ofSystem("u1", Set.of(Role.ADMIN, Role.READER)));
    assertThat(caller.requester().system()).isTrue();
    assertThat(caller.projectName()).isNull();
  }

  @Test
  void takesNoProjectForTheSystem() {
    keystone.put(
        "t1",
        "\"expires_at\": \"%s\", \"user\": {\"id\": \"u1\"}, \"project\": {\"id\": \"%s\"}"
            .formatted(in(Duration.ofHours(1)), Requester.SYSTEM_PROJECT));

    assertThatThrownBy(() -> authenticate("t1"))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("is not the id of a project");
  }

  @Test
  void asksOnceInTheCacheTime() {
    keystone.put("t1", in(Duration.ofHours(1)), "member");
    Caller first = authenticate("t1");

    clock.forward(CACHED.minusMillis(1));

    assertThat(authenticate("t1")).isEqualTo(first);
    assertThat(keystone.validations).hasValue(1);
  }

  @Test
  void noticesARevocationAfterTheCacheTime() {
    keystone.put("t1", in(Duration.ofHours(1)), "member");
    authenticate("t1");
    keystone.revoke("t1");

    assertThat(authenticate("t1").userId()).isEqualTo("u1");
    clock.forward(CACHED);

    assertThatThrownBy(() -> authenticate("t1")).isInstanceOf(Unauthenticated.class);
  }

  @Test
  void keepsNoTokenBeyondItsExpiry() {
    keystone.put("t1", in(Duration.ofMinutes(1)), "member");
    authenticate("t1");
    keystone.revoke("t1");

    clock.forward(Duration.ofMinutes(1));

    assertThatThrownBy(() -> authenticate("t1")).isInstanceOf(Unauthenticated.class);
  }

  @Test
  void tellsTokensApart() {
    keystone.put("t1", in(Duration.ofHours(1)), "member");
    keystone.put("t2", in(Duration.ofHours(1)), "admin");

    for (int i = 0; i < 2; i++) {
      assertThat(authenticate("t1").requester().admin()).isFalse();
      assertThat(authenticate("t2").requester().admin()).isTrue();
    }
    assertThat(keystone.validations).hasValue(2);
  }

  @Test
  void asksEachTimeIfNothingIsToBeCached() {
    keystone.put("t1", in(Duration.ofHours(1)), "member");
    Authenticator forgetful = Authenticator.of(keystone.settings(Duration.ZERO, PATIENCE), clock);

    forgetful.authenticate(Head.withToken("t1"));
    forgetful.authenticate(Head.withToken("t1"));

    assertThat(keystone.validations).hasValue(2);
    assertThat(keystone.issues).hasValue(1);
  }

  @Test
  void asksOnceForAllWhoComeAtTheSameTime() throws Exception {
    keystone.put("t1", in(Duration.ofHours(1)), "member");
    keystone.arrived = new CountDownLatch(1);
    keystone.gate = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Caller>> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        callers.add(threads.submit(() -> authenticate("t1")));
      }
      assertThat(keystone.arrived.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      keystone.gate.countDown();

      for (Future<Caller> caller : callers) {
        assertThat(caller.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).userId()).isEqualTo("u1");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(keystone.validations).hasValue(1);
    assertThat(keystone.issues).hasValue(1);
  }

  @Test
  void usesItsOwnTokenUntilShortlyBeforeItExpires() {
    keystone.put("t1", in(Duration.ofDays(1)), "member");
    keystone.life = Duration.ofMinutes(20);

    for (int minute = 0; minute < 19; minute += 6) {
      authenticate("t1");
      clock.forward(Duration.ofMinutes(6));
    }
    assertThat(keystone.issues).hasValue(1);

    authenticate("t1");

    assertThat(keystone.issues).hasValue(2);
  }

  @Test
  void getsAnotherTokenOfItsOwnWhenKeystoneRefusesIt() {
    keystone.put("t1", in(Duration.ofDays(1)), "member");
    keystone.put("t2", in(Duration.ofDays(1)), "member");
    authenticate("t1");
    keystone.revokeOwn();

    assertThat(authenticate("t2").userId()).isEqualTo("u1");

    assertThat(keystone.issues).hasValue(2);
    assertThat(keystone.validations).hasValue(3);
  }

  @Test
  void givesUpWhenKeystoneRefusesItsOwnTokenTwice() {
    keystone.instead = exchange -> FakeKeystone.answer(exchange, 401, "");

    assertThatThrownBy(() -> authenticate("t1"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("may not validate tokens");
    assertThat(keystone.validations).hasValue(2);
    assertThat(keystone.issues).hasValue(2);
  }

  @Test
  void saysThatItsOwnPasswordIsWrongAndNotWhatItIs() {
    Authenticator wrong =
        Authenticator.of(FakeKeystone.settings(keystone.url(), "hunter3", CACHED, PATIENCE), clock);

    assertThatThrownBy(() -> wrong.authenticate(Head.withToken("t1")))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("answered 401")
        .hasMessageContaining("auth.keystone-user")
        .hasMessageNotContaining("hunter");
  }
}
