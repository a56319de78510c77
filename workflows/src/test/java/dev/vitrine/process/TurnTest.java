package dev.vitrine.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import org.junit.jupiter.api.Test;

class TurnTest {

  @Test
  void whatAClientWaitsForComesBeforeWhatItHasQueued() {
    Requester alice = Requester.member("alice", "mars");
    assertThat(Turn.waitedFor(alice).getPriorityKey())
        .isLessThan(Turn.queued(alice).getPriorityKey());
  }

  @Test
  void projectsTakeTurnsWhoeverOfThemAsks() {
    assertThat(Turn.queued(Requester.member("alice", "mars")).getFairnessKey())
        .isEqualTo(Turn.waitedFor(Requester.member("bob", "mars")).getFairnessKey())
        .isNotEqualTo(Turn.queued(Requester.member("alice", "venus")).getFairnessKey());
  }

  @Test
  void aNameOfTheLongestKeyIsTakenAsItIs() {
    String longest = "p".repeat(64);
    assertThat(key(longest)).isEqualTo(longest);
  }

  @Test
  void longerNamesStayApart() {
    String longer = "ü".repeat(33);
    assertThat(key(longer)).hasSizeLessThanOrEqualTo(64).isNotEqualTo(key(longer + "x"));
  }

  private static String key(String project) {
    return Turn.queued(Requester.member("alice", project)).getFairnessKey();
  }
}
