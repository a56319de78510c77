package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageLifecycle;
import dev.vitrine.task.TaskLifecycle;
import dev.vitrine.terminal.Screen;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command line does without a server. */
class OfflineCommandsTest {

  private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

  private final Run run =
      new Run(
          false,
          () -> {
            throw new Unavailable("no answer from the Temporal server at nowhere:7233");
          });

  @Test
  void printsBothLifecycles() {
    assertThat(run.execute("lifecycle")).isZero();

    assertThat(run.out())
        .contains(ImageLifecycle.TABLE.toText())
        .contains(TaskLifecycle.TABLE.toText());
    assertThat(run.err()).isEmpty();
  }

  @Test
  void torturesNoRegistryThatSeveralProcessesCantShare() {
    assertThat(run.execute("torture", "--registry", "jdbc:sqlite:x.db")).isEqualTo(2);

    assertThat(run.err()).contains("jdbc:sqlite:x.db").contains("jdbc:postgresql://HOST/DATABASE");
  }

  @Test
  void printsBothLifecyclesAsMermaid() {
    run.execute("lifecycle", "--mermaid");

    assertThat(run.out())
        .contains(ImageLifecycle.TABLE.toMermaid())
        .contains(TaskLifecycle.TABLE.toMermaid());
  }

  @Test
  void printsBothLifecyclesAsJson() {
    run.execute("lifecycle", "--json");

    assertThat(run.json().required("image")).hasSize(25);
    assertThat(run.json().required("task").required(1).toString())
        .isEqualTo(
            "{\"number\":2,\"from\":\"pending\",\"event\":\"start\",\"to\":\"processing\","
                + "\"condition\":\"\"}");
  }

  @Test
  void everyCommandHasHelpWithTheExitCodes() {
    List<CommandLine> all = new ArrayList<>();
    collect(Vitrine.commandLine(shell()), all);

    assertThat(all).hasSize(56);
    assertThat(all)
        .allSatisfy(
            command -> {
              String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
              assertThat(help)
                  .contains("--help", "--json", "Exit codes:")
                  .contains("7   Temporal, or something else that is needed, does not answer");
              assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "task",
        "task run",
        "task show 1-1-1-1-1",
        "task run import",
        "image delete " + ID + " --delay soon",
        "image register --visibility nobody",
        "image register --size 5",
        "upload --existing file:///x",
        "upload ftp://host/x",
        "upload http://me:secret@host/x",
        "upload http://host/x --checksum nonsense"
      })
  void wrongArgumentsAreInvalidAndSaidInOneWay(String line) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);

    assertThat(run.execute(args)).isEqualTo(2);

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("vitrine: ").doesNotContain("\tat ").doesNotContain("secret");
  }

  @Test
  void wrongArgumentsAreJsonWhereJsonIsAskedFor() {
    assertThat(run.execute("task", "show", "x", "--json")).isEqualTo(2);

    assertThat(run.error().required("kind").asText()).isEqualTo("Invalid");
    assertThat(run.error().required("message").asText()).contains("'x' is not an id");
  }

  @Test
  void aMissingFileIsInvalidWithAHintAtTheWorker(@TempDir Path dir) {
    assertThat(run.execute("upload", dir.resolve("none.img").toString())).isEqualTo(2);

    assertThat(run.err())
        .contains(dir.resolve("none.img").toString())
        .contains("the worker that reads it", "source roots");
  }

  @Test
  void aServerThatDoesNotAnswerIsUnavailable() {
    assertThat(run.execute("task", "show", ID)).isEqualTo(7);

    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "vitrine: no answer from the Temporal server at nowhere:7233\n");
  }

  @Test
  void showsAStackTraceOnlyOnRequest() {
    run.execute("task", "show", ID, "--verbose");

    assertThat(run.err()).contains("\tat dev.vitrine.");
  }

  @Test
  void aDefectIsUnexpectedAndShowsItselfWithoutAStackTrace() {
    Run defective =
        new Run(
            false,
            () -> {
              throw new IllegalStateException("oops");
            });

    assertThat(defective.execute("task", "show", ID, "--json")).isEqualTo(1);

    assertThat(defective.error().required("kind").asText()).isEqualTo("Unexpected");
    assertThat(defective.error().required("message").asText()).contains("oops", "--verbose");
  }

  @Test
  void anotherPartCanAddItsSubcommand() {
    CommandLine root = Vitrine.commandLine(shell());
    root.addSubcommand("added", new Added());

    assertThat(root.execute("added")).isEqualTo(42);
  }

  private static Shell shell() {
    return new Shell(
        new PrintWriter(Writer.nullWriter()),
        new PrintWriter(Writer.nullWriter()),
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        false,
        Screen.NONE,
        "anna",
        Map.of(),
        Duration.ZERO,
        () -> {
          throw new AssertionError("no connection is needed");
        });
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(sub -> collect(sub, all));
  }

  @CommandLine.Command(name = "added")
  private static final class Added implements Callable<Integer> {
    @Override
    public Integer call() {
      return 42;
    }
  }

  @Test
  void whatTalksWhileItRunsRefusesJson() {
    assertThat(run.execute("demo", "--json")).isEqualTo(2);

    assertThat(run.err()).contains("'vitrine demo' prints text while it runs; leave out --json");
  }
}
