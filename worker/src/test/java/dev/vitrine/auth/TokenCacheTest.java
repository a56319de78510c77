package dev.vitrine.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Unauthenticated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TokenCacheTest {

  private final HandClock clock = new HandClock();
  private final TokenCache cache = new TokenCache(Duration.ofMinutes(5), 2, clock);
  private final List<String> asked = new ArrayList<>();

  private Caller ask(String token) {
    asked.add(token);
    return new Caller(Requester.member(token, "mars"), List.of(), null, null, null);
  }

  private void get(String token) {
    assertThat(cache.get(token, this::ask).userId()).isEqualTo(token);
  }

  @Test
  void forgetsTheLongestUnusedOneWhenItIsFull() {
    get("a");
    get("b");
    get("a");
    get("c");
    get("a");
    get("b");

    assertThat(asked).containsExactly("a", "b", "c", "b");
  }

  @Test
  void countsTheTimeFromTheMomentOfAsking() {
    Caller slow =
        cache.get(
            "a",
            token -> {
              clock.forward(Duration.ofMinutes(4));
              return ask(token);
            });
    clock.forward(Duration.ofMinutes(1));

    assertThat(cache.get("a", this::ask)).isEqualTo(slow);
    assertThat(asked).containsExactly("a", "a");
  }

  @Test
  void keepsARefusalForAMoment() {
    for (int i = 0; i < 4; i++) {
      if (i == 2) {
        clock.forward(Duration.ofSeconds(3));
      }
      assertThatThrownBy(
              () ->
                  cache.get(
                      "a",
                      token -> {
                        asked.add(token);
                        throw new Unauthenticated("unknown");
                      }))
          .isInstanceOf(Unauthenticated.class);
    }
    assertThat(asked).containsExactly("a", "a");
  }
}
