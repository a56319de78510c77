package dev.vitrine.worker;

import static dev.vitrine.worker.Installation.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.vitrine.activity.Source;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.TaskInput;
import dev.vitrine.workflow.FinishedLine;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.upload.UploadRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log says of work that has ended. */
class FinishedLineTest {

  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(FinishedLine.LOGGER);

  @TempDir Path directory;

  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          event.prepareForDeferredProcessing();
          events.add(event);
        }
      };

  @BeforeEach
  void listen() {
    appender.setContext(LOGGER.getLoggerContext());
    appender.start();
    LOGGER.setLevel(Level.INFO);
    LOGGER.addAppender(appender);
  }

  @AfterEach
  void stop() {
    LOGGER.detachAppender(appender);
    LOGGER.setLevel(null);
  }

  @Test
  void eachUploadTaskAndDeletionHasOneThatNamesIt() throws Exception {
    UUID image;
    UUID failed = UUID.randomUUID();
    UUID task;
    UUID imported;
    try (Installation vitrine = new Installation(directory)) {
      image = vitrine.activeImage(new byte[1234]);
      Source.Url missing = new Source.Url(vitrine.files().file(new byte[1]).url() + ".missing");
      vitrine.upload(UploadRequest.of(NewImage.of(failed, ALICE.project()), missing, ALICE));
      task =
          vitrine.startTask(
              new TaskInput.Import(vitrine.files().file(new byte[567]).url(), "raw", Map.of()),
              ALICE);
      imported = vitrine.endOfTask(task).imageId();
      vitrine.delete(image, ALICE, Duration.ZERO);
      vitrine.awaitDataRemoved(image);
    }

    assertThat(line("upload of image " + image))
        .matches("upload of image .* activated: size=1234 seconds=\\d+\\.\\d{3} attempts=1");
    assertThat(line("upload of image " + failed))
        .matches(
            "upload of image .* requeued: size=0 seconds=\\d+\\.\\d{3} attempts=1; .*missing.*");
    assertThat(line("upload of image " + imported)).contains(" activated: size=567 ");
    assertThat(line("import, task " + task))
        .matches(
            "import, task .*, success, image "
                + imported
                + ": size=567 seconds=\\d+\\.\\d{3} attempts=1");
    assertThat(line("deletion of image " + image))
        .matches("deletion of image .*: size=1234 seconds=\\d+\\.\\d{3} attempts=1");
    assertThat(events).hasSize(5);
    assertThat(about("upload of image " + image))
        .isEqualTo(Map.of("image", image.toString(), "workflow", WorkflowIds.upload(image)));
    assertThat(about("import, task " + task))
        .isEqualTo(Map.of("task", task.toString(), "workflow", WorkflowIds.task(task)));
  }

  private String line(String start) {
    return only(start).getFormattedMessage();
  }

  /** What is ours of its context; the SDK keeps more there. */
  private Map<String, String> about(String start) {
    Map<String, String> about = new HashMap<>(only(start).getMDCPropertyMap());
    about.keySet().retainAll(List.of("request", "image", "task", "workflow"));
    return about;
  }

  private ILoggingEvent only(String start) {
    List<ILoggingEvent> found =
        events.stream().filter(event -> event.getFormattedMessage().startsWith(start)).toList();
    assertThat(found).as(start).hasSize(1);
    return found.get(0);
  }
}
