package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.ImageLifecycle;
import dev.vitrine.task.TaskLifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README shows is what the code does. */
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Path STARTER = Path.of("README.md");

  @Test
  void showsTheLifecyclesThatTheCodeHas() throws IOException {
    assertThat(section(README, "lifecycle"))
        .isEqualTo("```mermaid\n" + ImageLifecycle.TABLE.toMermaid() + "```\n");
    assertThat(section(README, "task lifecycle"))
        .isEqualTo("```mermaid\n" + TaskLifecycle.TABLE.toMermaid() + "```\n");
  }

  @Test
  void showsTheExamplesThatTheTestsRun() throws IOException {
    assertThat(section(README, "client example"))
        .isEqualTo(example("dev/vitrine/client/ClientExample.java", "client"));
    assertThat(section(STARTER, "api example"))
        .isEqualTo(example("dev/vitrine/remote/ApiExample.java", "api"));
  }

  private static String example(String file, String tag) throws IOException {
    String source = Files.readString(Path.of("src/test/java").resolve(file));
    int begin = source.indexOf('\n', source.indexOf("// tag::" + tag + "[]")) + 1;
    int end = source.lastIndexOf('\n', source.indexOf("// end::" + tag + "[]")) + 1;
    String example =
        source
            .substring(begin, end)
            .lines()
            .map(line -> line.startsWith("    ") ? line.substring(4) : line)
            .collect(Collectors.joining("\n", "", "\n"));
    return "```java\n" + example + "```\n";
  }

  private static String section(Path file, String name) throws IOException {
    String readme = Files.readString(file);
    String begin = "<!-- " + name + ": begin -->\n";
    int from = readme.indexOf(begin) + begin.length();
    return readme.substring(from, readme.indexOf("<!-- " + name + ": end -->"));
  }
}
