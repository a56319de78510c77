package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.ImageLifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README shows is what the code does. */
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Path EXAMPLE =
      Path.of("src/test/java/dev/vitrine/client/ClientExample.java");

  @Test
  void showsTheLifecycleThatTheCodeHas() throws IOException {
    assertThat(section("lifecycle"))
        .isEqualTo("```mermaid\n" + ImageLifecycle.TABLE.toMermaid() + "```\n");
  }

  @Test
  void showsTheClientExampleThatTheTestsRun() throws IOException {
    String source = Files.readString(EXAMPLE);
    int begin = source.indexOf('\n', source.indexOf("// tag::client[]")) + 1;
    int end = source.lastIndexOf('\n', source.indexOf("// end::client[]")) + 1;
    String example =
        source
            .substring(begin, end)
            .lines()
            .map(line -> line.startsWith("    ") ? line.substring(4) : line)
            .collect(Collectors.joining("\n", "", "\n"));

    assertThat(section("client example")).isEqualTo("```java\n" + example + "```\n");
  }

  private static String section(String name) throws IOException {
    String readme = Files.readString(README);
    String begin = "<!-- " + name + ": begin -->\n";
    int from = readme.indexOf(begin) + begin.length();
    return readme.substring(from, readme.indexOf("<!-- " + name + ": end -->"));
  }
}
