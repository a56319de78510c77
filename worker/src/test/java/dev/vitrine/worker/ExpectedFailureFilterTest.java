package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import dev.vitrine.error.ErrorKind;
import dev.vitrine.workflow.task.FailedTask;
import dev.vitrine.workflow.upload.FailedUpload;
import io.temporal.failure.ApplicationFailure;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpectedFailureFilterTest {

  private static final String ACTIVITIES =
      "io.temporal.internal.activity.ActivityTaskExecutors$ActivityTaskExecutor";
  private static final String WORKFLOWS = "io.temporal.internal.sync.WorkflowExecutionHandler";

  private final LoggerContext context = new LoggerContext();
  private final ExpectedFailureFilter filter = new ExpectedFailureFilter();

  @Test
  void keepsWhatAnOperatorCanDoSomethingAbout() {
    Set<ErrorKind> kept = EnumSet.noneOf(ErrorKind.class);
    for (ErrorKind kind : ErrorKind.values()) {
      if (warning(ACTIVITIES, failure(kind.wireName())) == FilterReply.NEUTRAL) {
        kept.add(kind);
      }
    }

    assertThat(kept).containsExactly(ErrorKind.STORAGE_FULL, ErrorKind.UNAVAILABLE);
  }

  @Test
  void keepsWhatIsNoErrorOfVitrines() {
    assertThat(warning(ACTIVITIES, failure("java.lang.NullPointerException")))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(warning(WORKFLOWS, new IllegalStateException("a defect")))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  @Test
  void dropsAnswersHoweverTheyAreHandedOver() {
    ApplicationFailure refusal = failure(ErrorKind.CONFLICT.wireName());

    assertThat(warning(WORKFLOWS, refusal)).isEqualTo(FilterReply.DENY);
    assertThat(
            filter.decide(
                null, logger(WORKFLOWS), Level.WARN, "{}", new Object[] {"x", refusal}, null))
        .isEqualTo(FilterReply.DENY);
  }

  @Test
  void dropsRunsThatFailedByWhatConcernsWhoAsked() {
    assertThat(warning(WORKFLOWS, failedUpload(ErrorKind.SOURCE_UNUSABLE)))
        .isEqualTo(FilterReply.DENY);
    assertThat(warning(WORKFLOWS, failedUpload(ErrorKind.STORAGE_FULL)))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(warning(WORKFLOWS, failure(FailedTask.TYPE))).isEqualTo(FilterReply.DENY);
  }

  @Test
  void dropsThemOnlyWhereTheSdkRepeatsThem() {
    ApplicationFailure refusal = failure(ErrorKind.CONFLICT.wireName());

    assertThat(warning("dev.vitrine.worker.VitrineWorker", refusal)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(warning("io.temporal.internal.worker.Poller", refusal))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(filter.decide(null, logger(ACTIVITIES), Level.ERROR, "no", new Object[0], refusal))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  private FilterReply warning(String logger, Throwable thrown) {
    return filter.decide(null, logger(logger), Level.WARN, "failure", new Object[0], thrown);
  }

  private Logger logger(String name) {
    return context.getLogger(name);
  }

  private static ApplicationFailure failedUpload(ErrorKind kind) {
    return ApplicationFailure.newBuilder()
        .setType(FailedUpload.TYPE)
        .setMessage("no")
        .setNonRetryable(true)
        .setCause(failure(kind.wireName()))
        .build();
  }

  private static ApplicationFailure failure(String type) {
    return ApplicationFailure.newNonRetryableFailure("no", type);
  }
}
