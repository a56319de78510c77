package dev.vitrine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.cli.DemoCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demonstration as people run it, on the in-memory server, with a small file. */
class DemoIT {

  private final StringWriter out = new StringWriter();

  @Test
  void everyOutcomeIsTheRightOne(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("small.img"), new byte[100_000]);

    int exit = run(file.toString());

    assertThat(out.toString())
        .contains("in-memory server", "100,000 bytes", "all 10 outcomes are the right ones")
        .contains("saving -> active", "processing -> success", "pending_delete -> deleted")
        .doesNotContain("WRONG");
    assertThat(exit).isZero();
  }

  @Test
  void aSourceThatGivesNothingIsAWrongOutcomeAndNoError() {
    try (DemoSource web = new DemoSource(Path.of("pom.xml"))) {
      int exit = run(web.missing());

      assertThat(exit).isEqualTo(6);
      assertThat(out.toString())
          .containsPattern("upload +active +queued +WRONG .*answered 404")
          .contains("outcomes are WRONG");
    }
  }

  private int run(String what) {
    return new CommandLine(new DemoCommand()).setOut(new PrintWriter(out, true)).execute(what);
  }
}
