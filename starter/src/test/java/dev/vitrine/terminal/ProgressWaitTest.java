package dev.vitrine.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.process.ExecutionState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProgressWaitTest {

  private static final ExecutionState RUNNING = new ExecutionState(false, null, null, null);
  private final Unavailable away = new Unavailable("no answer from the server");

  private final StringWriter err = new StringWriter();
  private final ProgressDisplay display =
      new ProgressDisplay(new PrintWriter(err, true), Screen.NONE, true, false, "upload");

  @Test
  void ridesOutAServerThatIsAwayForAWhile() {
    Deque<Supplier<String>> answers =
        new ArrayDeque<>(List.of(this::away, this::away, () -> "done"));

    assertThat(waiting(Duration.ofMinutes(1), answers, this::awayToo)).isEqualTo("done");

    assertThat(err.toString().lines())
        .containsExactly("upload: the server does not answer; waiting for it to come back");
  }

  @Test
  void givesUpOnAServerThatStaysAway() {
    Deque<Supplier<String>> answers = new ArrayDeque<>(List.of(this::away, this::away));

    assertThatThrownBy(() -> waiting(Duration.ZERO, answers, this::awayToo)).isSameAs(away);
  }

  @Test
  void theProcessesOwnErrorIsNotTakenForTheServers() {
    Deque<Supplier<String>> answers = new ArrayDeque<>(List.of(this::away, this::away));

    assertThatThrownBy(() -> waiting(Duration.ofMinutes(1), answers, () -> RUNNING)).isSameAs(away);
  }

  private String waiting(
      Duration outage, Deque<Supplier<String>> answers, Supplier<ExecutionState> state) {
    return new ProgressWait(display, Duration.ofMillis(1), outage)
        .forResult(unused -> Optional.of(answers.pop().get()), state, "it goes on");
  }

  private String away() {
    throw away;
  }

  private ExecutionState awayToo() {
    throw away;
  }
}
