package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/**
 * The query string of an import's source is in no answer, no log line and no file of the registry.
 */
class SourceSecretTest extends ApiTest {

  @Override
  ApiInstallation called() {
    return generous();
  }

  @ParameterizedTest
  @CsvSource({"/openapi.json, success", "/v2/nothing, failure"})
  void leavesNoTrace(String path, String outcome) throws Exception {
    String secret = UUID.randomUUID().toString();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    log.start();
    root.addAppender(log);
    String answer;
    try {
      JsonNode created =
          alice
              .post(
                  "/v2/tasks",
                  """
                  {"type": "import",
                   "input": {"import_from": "%s%s?sig=%s", "import_from_format": "raw"}}
                  """
                      .formatted(generous().url(), path, secret))
              .is(201)
              .json();
      String task = "/v2/tasks/" + created.path("id").textValue();
      ApiInstallation.await(
          "the task is over",
          () -> !alice.get(task).json().path("status").textValue().matches("p.*ing"));
      answer = created + alice.get(task).json().toString();
    } finally {
      root.detachAppender(log);
    }

    assertThat(answer)
        .contains("\"status\":\"%s\"".formatted(outcome))
        .contains("\"import_from\":\"%s%s?…\"".formatted(generous().url(), path))
        .doesNotContain(secret);
    assertThat(List.copyOf(log.list))
        .noneMatch(event -> event.getFormattedMessage().contains(secret));
    List<Path> files = generous().registryFiles();
    assertThat(files).isNotEmpty();
    String all = "";
    for (Path file : files) {
      all += new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
    assertThat(all.contains(path)).as("rows can be read in the files").isTrue();
    assertThat(all.contains(secret)).as("the secret is in the registry's files").isFalse();
  }
}
