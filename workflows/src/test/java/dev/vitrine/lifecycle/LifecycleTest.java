package dev.vitrine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.ImageEvent;
import dev.vitrine.image.ImageLifecycle;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.task.TaskEvent;
import dev.vitrine.task.TaskLifecycle;
import dev.vitrine.task.TaskStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a table speaks: refusals, and its printed forms. */
final class LifecycleTest {

  private static final UUID ID = UUID.fromString("6e0b1a5e-0000-4000-8000-000000000001");

  private static String refusal(@Nullable ImageStatus from, ImageEvent event) {
    Decision<ImageStatus, ImageEvent> decision = ImageLifecycle.TABLE.decide(from, event);
    assertThat(decision).isInstanceOf(Decision.Refusal.class);
    return ImageLifecycle.TABLE.explain(ID, (Decision.Refusal<ImageStatus, ImageEvent>) decision);
  }

  @Test
  void namesTheThingItsStatusTheEventAndWhatIsAllowed() {
    assertThat(refusal(ImageStatus.QUEUED, ImageEvent.DEACTIVATE))
        .isEqualTo(
            "image "
                + ID
                + " is queued: deactivate refused; allowed: add first location, begin upload,"
                + " delete, begin stage, begin import");
    assertThat(refusal(ImageStatus.SAVING, ImageEvent.BEGIN_UPLOAD))
        .isEqualTo(
            "image "
                + ID
                + " is saving: begin upload refused; allowed: upload succeeded, upload failed"
                + " (kill), upload failed (requeue), delete");
  }

  @Test
  void saysThatNothingIsAllowedAtTheEnd() {
    assertThat(refusal(ImageStatus.DELETED, ImageEvent.DELETE))
        .isEqualTo("image " + ID + " is deleted: delete refused; nothing is allowed any more");
  }

  @Test
  void saysThatTheThingDoesNotExist() {
    assertThat(refusal(null, ImageEvent.DELETE))
        .isEqualTo(
            "image " + ID + " does not exist: delete refused; allowed: create, create with size 0");
  }

  @Test
  void explainsATask() {
    Decision<TaskStatus, TaskEvent> decision =
        TaskLifecycle.TABLE.decide(TaskStatus.SUCCESS, TaskEvent.FAIL);

    assertThat(TaskLifecycle.TABLE.explain(7, (Decision.Refusal<TaskStatus, TaskEvent>) decision))
        .isEqualTo("task 7 is success: fail refused; nothing is allowed any more");
  }

  @Test
  void printsTheTableAsText() {
    assertThat(TaskLifecycle.TABLE.toText())
        .isEqualTo(
            """
            task statuses
              #  from            event                  to              condition
              1  -               create                 pending
              2  pending         start                  processing
              3  pending         fail                   failure         refused or cancelled before it began
              4  processing      succeed                success         result recorded
              5  processing      fail                   failure         message recorded
            """);
    assertThat(ImageLifecycle.TABLE.toText().lines())
        .hasSize(2 + 25)
        .contains(" 15  deactivated     delayed delete         pending_delete  when switched on")
        .noneMatch(line -> line.endsWith(" "));
  }

  @Test
  void printsTheTableAsADiagram() {
    assertThat(TaskLifecycle.TABLE.toMermaid())
        .isEqualTo(
            """
            stateDiagram-v2
                [*] --> pending: create
                pending --> processing: start
                pending --> failure: fail
                processing --> success: succeed
                processing --> failure: fail
            """);
    assertThat(ImageLifecycle.TABLE.toMermaid().lines())
        .hasSize(1 + 25)
        .contains("    [*] --> queued: create", "    pending_delete --> deleted: scrub");
  }
}
