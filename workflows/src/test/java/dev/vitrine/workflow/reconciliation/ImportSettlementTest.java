package dev.vitrine.workflow.reconciliation;

import static dev.vitrine.workflow.TestStack.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.activity.Operation;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.task.ImportRequest;
import dev.vitrine.task.ImportVia;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.TestStack;
import dev.vitrine.workflow.WorkflowIds;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stages and imports leave whose workflows are gone. */
@Timeout(60)
class ImportSettlementTest {

  private final TestStack stack = new TestStack();
  private final UUID id = UUID.randomUUID();
  private final UUID taskId = UUID.randomUUID();

  @AfterEach
  void stop() {
    stack.close();
  }

  private static Operation op(String id) {
    return new Operation(id, "w", "r", "given");
  }

  private void find(Finding.Kind kind) {
    boolean stage = kind == Finding.Kind.ABANDONED_STAGE;
    stack.findings.add(new Finding(kind, id, stage ? null : taskId, null, null, "found so", null));
  }

  private ReconciliationResult pass() {
    return stack
        .stub(ReconciliationWorkflow.class, WorkflowIds.reconciliation(TestStack.INSTALLATION))
        .reconcile(ReconciliationRequest.once(Duration.ofMinutes(1)));
  }

  /** A task that is processing, and its import. */
  private ImportPlan importing(ImageStatus image, ImportMethod method) {
    stack.registry.put(id, image, "acme", false);
    stack.tasks.createTask(
        op("c"),
        taskId,
        new TaskInput.ImageImport(id, ImportRequest.of(ImportVia.of(method)), List.of("a")),
        ALICE,
        null);
    stack.tasks.startTask(op("s"), taskId, id);
    return stack.imports.beginImport(
        op("b"), taskId, id, new ImportOrder(method, List.of("a"), false, true), ALICE);
  }

  private TaskStatus task() {
    return stack.tasks.tasks.get(taskId).status();
  }

  @Test
  void aStageLeavesAQueuedImageAndItsDataToRemove() {
    stack.registry.put(id, ImageStatus.QUEUED, "acme", false);
    stack.imports.beginStage(op("b"), id, null, ALICE, null);
    find(Finding.Kind.ABANDONED_STAGE);

    assertThat(pass().uploadsSettled()).isEqualTo(1);

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.QUEUED);
    assertThat(stack.registry.locations(id))
        .extracting(Location::status)
        .containsOnly(LocationStatus.PENDING_DELETE);
  }

  @Test
  void anImportLeavesAQueuedImageAndItsTaskFails() {
    importing(ImageStatus.QUEUED, ImportMethod.WEB_DOWNLOAD);
    stack.tasks.isUnproven = true;
    find(Finding.Kind.ABANDONED_IMPORT);
    find(Finding.Kind.ABANDONED_TASK);

    pass();

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.QUEUED);
    assertThat(task()).isEqualTo(TaskStatus.FAILURE);
    assertThat(stack.registry.locations(id))
        .extracting(Location::status)
        .containsOnly(LocationStatus.PENDING_DELETE);
  }

  @Test
  void aTaskIsSettledWithItsImportWhichIsFoundLater() {
    importing(ImageStatus.QUEUED, ImportMethod.WEB_DOWNLOAD);
    stack.tasks.isUnproven = true;
    find(Finding.Kind.ABANDONED_TASK);

    pass();

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.QUEUED);
    assertThat(task()).isEqualTo(TaskStatus.FAILURE);
  }

  @Test
  void copiesThatWereLostLeaveTheImageAsItWas() {
    importing(ImageStatus.ACTIVE, ImportMethod.COPY_IMAGE);
    stack.tasks.isUnproven = true;
    find(Finding.Kind.ABANDONED_TASK);

    pass();

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.ACTIVE);
    assertThat(task()).isEqualTo(TaskStatus.FAILURE);
  }

  @ParameterizedTest
  @EnumSource(
      value = ImportMethod.class,
      names = {"WEB_DOWNLOAD", "COPY_IMAGE"})
  void whatHasSucceededIsASuccess(ImportMethod method) {
    ImportPlan plan =
        importing(
            method == ImportMethod.COPY_IMAGE ? ImageStatus.ACTIVE : ImageStatus.QUEUED, method);
    stack.imports.succeedImport(
        op("d"), taskId, id, List.of(plan.targets().get(0).id()), List.of());
    find(Finding.Kind.ABANDONED_TASK);

    pass();

    assertThat(task()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.ACTIVE);
  }
}
