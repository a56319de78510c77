package dev.vitrine.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedHistoriesTest {

  @TempDir Path root;

  private static Iterable<Path> versions() throws IOException {
    return RecordedHistories.versions(RecordedHistories.ROOT);
  }

  /** What a release has started doesn't change because a later one would like it to. */
  @ParameterizedTest
  @MethodSource("versions")
  void areAsTheyWereRecorded(Path version) throws IOException {
    assertThat(RecordedHistories.digests(version))
        .isEqualTo(Files.readString(version.resolve(RecordedHistories.DIGESTS)));
  }

  @Test
  void areNeverRecordedOver() throws IOException {
    record("1.2.3", "upload");
    record("1.2.4", "upload");

    assertThatThrownBy(() -> record("1.2.3", "another"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("recorded already");
    assertThat(RecordedHistories.all(root))
        .containsExactly("1.2.3/upload.json", "1.2.4/upload.json");
  }

  @Test
  void areOfVersionsAlone() {
    assertThatThrownBy(() -> record("../elsewhere", "upload"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no version");
  }

  private void record(String version, String name) throws IOException {
    RecordedHistories histories = RecordedHistories.begin(root, version);
    HistoryEvent started =
        HistoryEvent.newBuilder()
            .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
            .setWorkflowExecutionStartedEventAttributes(
                WorkflowExecutionStartedEventAttributes.getDefaultInstance())
            .build();
    histories.add(
        name, new WorkflowExecutionHistory(History.newBuilder().addEvents(started).build()));
    histories.write();
  }
}
