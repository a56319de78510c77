package dev.vitrine.workflow;

import dev.vitrine.image.ImageStatus;
import dev.vitrine.text.Markdown;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of an execution, shown as its current details in the Web UI: what is done and when, and
 * what is going on since when. Times are the workflow's own, so that a replay shows the same.
 */
public final class CurrentDetails {

  private static final String UNTOLD = "";

  private final List<String> done = new ArrayList<>();
  private String present = UNTOLD;
  private String since = UNTOLD;

  /**
   * Ends the present step and begins another.
   *
   * @param step in words, Markdown; what others chose goes through {@link Markdown#code}
   */
  public void begin(String step) {
    if (!present.isEmpty()) {
      done.add("- %s done: %s\n".formatted(since, present));
    }
    present = step;
    since = now();
    show();
  }

  /** Ends the present step, and with it the execution. */
  public void end(String outcome) {
    begin(outcome);
    begin(UNTOLD);
  }

  /** Begins a new status of the image, which lists and filters show as well. */
  public void show(ImageStatus status) {
    begin("image is " + status);
    Workflow.upsertTypedSearchAttributes(
        VitrineSearchAttributes.IMAGE_STATUS.valueSet(status.wireName()));
  }

  private void show() {
    StringBuilder text = new StringBuilder();
    done.forEach(text::append);
    if (!present.isEmpty()) {
      text.append("- **since ").append(since).append(" now: ").append(present).append("**\n");
    }
    Workflow.setCurrentDetails(text.toString());
  }

  private static String now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis())
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }
}
