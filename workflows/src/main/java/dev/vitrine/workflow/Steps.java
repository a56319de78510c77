package dev.vitrine.workflow;

import dev.vitrine.image.ImageStatus;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of an execution, shown as its current details in the Web UI: what is done, what is
 * going on, and what that is waiting for.
 */
final class Steps {

  private final List<String> done = new ArrayList<>();
  private String present = "";

  /**
   * Ends the present step and begins another.
   *
   * @param step in words, Markdown
   */
  void begin(String step) {
    if (!present.isEmpty()) {
      done.add(present);
    }
    present = step;
    show();
  }

  /** Ends the present step, and with it the execution. */
  void end(String outcome) {
    begin(outcome);
    begin("");
  }

  /** Begins a new status of the image, which lists and filters show as well. */
  void show(ImageStatus status) {
    begin("image is " + status);
    Workflow.upsertTypedSearchAttributes(
        VitrineSearchAttributes.IMAGE_STATUS.valueSet(status.wireName()));
  }

  private void show() {
    StringBuilder text = new StringBuilder();
    for (String step : done) {
      text.append("- done: ").append(step).append('\n');
    }
    if (!present.isEmpty()) {
      text.append("- **now: ").append(present).append("**\n");
    }
    Workflow.setCurrentDetails(text.toString());
  }
}
