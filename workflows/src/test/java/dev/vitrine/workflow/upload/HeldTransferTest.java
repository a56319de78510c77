package dev.vitrine.workflow.upload;

import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.failedUpload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.workflow.TestStack;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.upload.HeldTransfer.Holder;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import io.temporal.api.enums.v1.EventType;
import io.temporal.worker.WorkerFactory;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of a process that the server can't see, dead or alive. */
@Timeout(60)
class HeldTransferTest {

  private static final String QUEUE = "vitrine-stream/test";

  private final TestStack stack = new TestStack();
  private final UUID id = UUID.randomUUID();
  private final AtomicLong looks = new AtomicLong();

  @AfterEach
  void stop() {
    stack.close();
  }

  private UploadResult upload() {
    return stack
        .upload(id)
        .upload(
            new UploadRequest(
                id,
                NewImage.of(id, "acme"),
                new Source.HeldStream(QUEUE, "handle"),
                FailurePolicy.REQUEUE,
                ExpectedData.NONE,
                ALICE,
                null));
  }

  private void startHolder() {
    WorkerFactory holder = WorkerFactory.newInstance(stack.client());
    holder.newWorker(QUEUE).registerActivitiesImplementations(stack.transfers);
    holder.start();
  }

  private long attempts() {
    return stack.client().fetchHistory(WorkflowIds.upload(id)).getEvents().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
        .filter(
            event ->
                event
                    .getActivityTaskScheduledEventAttributes()
                    .getTaskQueue()
                    .getName()
                    .equals(QUEUE))
        .count();
  }

  @Test
  void takesAProcessThatGivesNoSignOfLifeForDead() {
    stack.signsOfLife = queue -> 7;

    UploadResult result = failedUpload(this::upload);

    assertThat(result.outcome()).isEqualTo(Outcome.REQUEUED);
    assertThat(result.errorKind()).isEqualTo("Unavailable");
    assertThat(result.message())
        .isEqualTo("transfer: the process that held the stream is gone; upload again");
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.QUEUED);
    assertThat(attempts()).isEqualTo(2);
  }

  @Test
  void waitsForALivingProcessToFindBack() {
    stack.signsOfLife =
        queue -> {
          assertThat(queue).isEqualTo(QUEUE);
          long look = looks.incrementAndGet();
          if (look == 3) {
            startHolder();
          }
          return look;
        };

    UploadResult result = upload();

    assertThat(result.outcome()).as("%s", result.message()).isEqualTo(Outcome.ACTIVATED);
    assertThat(stack.transfers.calls).containsExactly("transfer");
    assertThat(attempts()).isEqualTo(3);
  }

  @Test
  void waitsForItWithinABound() {
    Holder holder = Holder.SUSPECTED;
    for (int attempt = 1; attempt < Holder.MOST_UNHEARD; attempt++) {
      holder = holder.unheard(true);
      assertThat(holder.isGivenUp(true)).isFalse();
    }
    holder = holder.unheard(true);
    assertThat(holder.isGivenUp(true)).isTrue();
    assertThat(holder.error()).hasMessageContaining("does not reach Temporal");
  }

  /** It takes each attempt up, and falls silent again. */
  @Test
  void takesATransferOverAgain() {
    stack.signsOfLife = queue -> looks.incrementAndGet();
    stack.transfers.fallSilent(3);
    startHolder();

    assertThat(upload().outcome()).isEqualTo(Outcome.ACTIVATED);
    assertThat(attempts()).isEqualTo(4);
  }

  @Test
  void takesATransferOverWithinABound() {
    Holder holder = Holder.SUSPECTED;
    for (int time = 0; time < Holder.MOST_TAKEN_UP; time++) {
      assertThat(holder.isGivenUp(true)).isFalse();
      holder = holder.takenUpAgain();
    }
    assertThat(holder.isGivenUp(true)).isTrue();
    assertThat(holder.error()).hasMessageContaining("fell silent 500 times");
    // As the last release has begun it.
    assertThat(holder.isGivenUp(false)).isFalse();
  }

  @Test
  void takesWhatTheTransferFailsWithAsTheEnd() {
    startHolder();
    stack.transfers.failNext(new SourceUnusable("the uploaded stream broke off"));

    UploadResult result = failedUpload(this::upload);

    assertThat(result.errorKind()).isEqualTo("SourceUnusable");
    assertThat(looks).hasValue(0);
    assertThat(attempts()).isEqualTo(1);
  }
}
