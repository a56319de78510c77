package dev.vitrine.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.config.AuthSettings;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoAuthenticationTest {

  @Test
  void takesEverybodyForTheOneAdmin() {
    Authenticator authenticator =
        Authenticator.of(new AuthSettings.None("root", "ops", false, List.of()), Clock.systemUTC());

    for (Head head : new Head[] {new Head(), Head.withToken("notused").from("10.0.0.1")}) {
      assertThat(authenticator.authenticate(head).requester())
          .isEqualTo(Requester.admin("root", "ops"));
    }
    assertThat(authenticator.challenge()).isEmpty();
  }
}
