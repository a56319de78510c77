package dev.vitrine.task;

import static dev.vitrine.task.TaskLifecycle.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.lifecycle.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every status with every event, against the contract written out by hand. */
final class TaskLifecycleTest {

  @ParameterizedTest
  @CsvSource({
    "none,       CREATE,  pending",
    "none,       START,   -",
    "none,       SUCCEED, -",
    "none,       FAIL,    -",
    "pending,    CREATE,  -",
    "pending,    START,   processing",
    "pending,    SUCCEED, -",
    "pending,    FAIL,    failure",
    "processing, CREATE,  -",
    "processing, START,   -",
    "processing, SUCCEED, success",
    "processing, FAIL,    failure",
    "success,    CREATE,  -",
    "success,    START,   -",
    "success,    SUCCEED, -",
    "success,    FAIL,    -",
    "failure,    CREATE,  -",
    "failure,    START,   -",
    "failure,    SUCCEED, -",
    "failure,    FAIL,    -",
  })
  void decidesAsTheContractSays(String status, TaskEvent event, String expected) {
    TaskStatus from = status.equals("none") ? null : TaskStatus.of(status);
    Decision<TaskStatus, TaskEvent> decision = TABLE.decide(from, event);

    assertThat(
            decision instanceof Decision.Move<TaskStatus, TaskEvent> move
                ? move.edge().to().wireName()
                : "-")
        .isEqualTo(expected);
    assertThat(decision).isNotInstanceOf(Decision.Unchanged.class);
  }

  @Test
  void hasFiveEdgesAndTwoEnds() {
    assertThat(TABLE.edges()).hasSize(5);
    assertThat(TaskStatus.values()).filteredOn(TaskStatus::isFinal).hasSize(2);
    for (TaskStatus status : TaskStatus.values()) {
      assertThat(TABLE.allowed(status).isEmpty()).isEqualTo(status.isFinal());
    }
  }

  @Test
  void countsPercentWithoutOverflowing() {
    assertThat(new Progress("t", 0, null, 0, 1).percent()).isNull();
    assertThat(new Progress("t", 0, 0L, 0, 1).percent()).isEqualTo(100);
    assertThat(new Progress("t", 1, 3L, 0, 1).percent()).isEqualTo(33);
    assertThat(new Progress("t", 7, 5L, 0, 1).percent()).isEqualTo(100);
    assertThat(new Progress("t", 5L << 40, 10L << 40, 0, 1).percent()).isEqualTo(50);
  }
}
