package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.task.Progress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How often a task's row is written for its progress. */
class ProgressNotesTest {

  private final FakeRegistry registry = new FakeRegistry();
  private long seconds;
  private final ProgressNotes notes = notes(UUID.randomUUID());

  private ProgressNotes notes(@Nullable UUID task) {
    return new ProgressNotes(
        registry,
        task,
        Duration.ofSeconds(2),
        Runnable::run,
        () -> TimeUnit.SECONDS.toNanos(seconds));
  }

  private static Progress waiting(@Nullable String what) {
    return new Progress("transfer", 0, null, 0, 1, null, what);
  }

  @Test
  void notesAtOnceThatSomethingIsWaitedFor() {
    notes.watch(waiting("first"));
    assertThat(registry.progress).containsExactly(waiting("first"));
  }

  @Test
  void notesEachChangeOfWhatIsWaitedForWithinTheInterval() {
    notes.watch(waiting("first"));
    seconds = 1;
    notes.watch(waiting("second"));
    assertThat(registry.progress).hasSize(1);
    seconds = 2;
    notes.watch(waiting("second"));
    seconds = 4;
    notes.watch(waiting(null));
    assertThat(registry.progress)
        .containsExactly(waiting("first"), waiting("second"), waiting(null));
  }

  @Test
  void keepsFreshWhatStaysSoWithFewWrites() {
    for (seconds = 0; seconds < 30; seconds++) {
      notes.watch(waiting("the same"));
    }
    assertThat(registry.progress).hasSize(3);
  }

  @Test
  void notesNothingOfATransferThatBelongsToNoTask() {
    ProgressNotes none = notes(null);
    none.watch(waiting("something"));
    none.accept(waiting(null));
    none.note(waiting(null));
    assertThat(registry.progress).isEmpty();
  }
}
