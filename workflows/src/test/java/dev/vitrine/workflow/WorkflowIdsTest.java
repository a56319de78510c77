package dev.vitrine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowIdsTest {

  private static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");

  @Test
  void sayWhichImageTheyAreAbout() {
    assertThat(WorkflowIds.imageOf(WorkflowIds.upload(ID))).contains(ID.toString());
    assertThat(WorkflowIds.imageOf(WorkflowIds.upload(ID, 3))).contains(ID.toString());
    assertThat(WorkflowIds.imageOf(WorkflowIds.deletion(ID))).contains(ID.toString());
    assertThat(WorkflowIds.imageOf(WorkflowIds.removal(ID, new UUID(0, 1))))
        .contains(ID.toString());
    assertThat(WorkflowIds.imageOf(WorkflowIds.action(ID, "add-location"))).contains(ID.toString());
    assertThat(WorkflowIds.imageOf(WorkflowIds.task(ID))).isEmpty();
  }

  @Test
  void sayWhichTaskTheyAreAbout() {
    assertThat(WorkflowIds.taskOf(WorkflowIds.task(ID))).contains(ID.toString());
    assertThat(WorkflowIds.taskOf(WorkflowIds.taskLookup(ID))).contains(ID.toString());
    assertThat(WorkflowIds.taskOf(WorkflowIds.upload(ID))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reconciliation/main", "task/x", "image-upload/", "somebody-elses"})
  void mayBeAboutNeither(String workflowId) {
    assertThat(WorkflowIds.imageOf(workflowId)).isEmpty();
    assertThat(WorkflowIds.taskOf(workflowId)).isEmpty();
  }
}
