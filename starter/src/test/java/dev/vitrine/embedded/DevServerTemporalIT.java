package dev.vitrine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.worker.RealTemporal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevServerTemporalIT {

  private final int port = Ports.free();
  private final int uiPort = Ports.free();
  @TempDir Path temporary;
  private Path data = Path.of("");
  private Path program = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    program = RealTemporal.program();
    data = temporary.toRealPath();
  }

  @Test
  void endsAServerThatOutlivedItsParentAndTakesItsPlace() throws Exception {
    Process leftBehind = new DevServer(data.resolve("temporal.db")).start();

    try (DevServerTemporal temporal = new DevServerTemporal(program, data, port, uiPort)) {
      assertThat(leftBehind.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(temporal.address()).endsWith(":" + port);
      assertThat(temporal.lost()).isNotDone();
    } finally {
      leftBehind.destroyForcibly();
    }
  }

  @Test
  void leavesAServerOfOtherDataAloneAndRefusesItsPort() throws Exception {
    Process others = new DevServer(data.resolve("others.db")).start();
    try {
      assertThatThrownBy(() -> new DevServerTemporal(program, data, port, uiPort))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining("port %d is taken".formatted(port));
      assertThat(others.isAlive()).isTrue();
    } finally {
      others.destroyForcibly();
    }
  }

  @Test
  void tellsWhenItsServerHasEnded() throws Exception {
    try (DevServerTemporal temporal = new DevServerTemporal(program, data, port, uiPort)) {
      ProcessHandle.current()
          .children()
          .filter(child -> child.info().commandLine().orElse("").contains(data.toString()))
          .forEach(ProcessHandle::destroyForcibly);

      temporal.lost().get(30, TimeUnit.SECONDS);
      assertThat(temporal.lost()).isDone();
    }
  }

  /** A server as a killed stack leaves it: nobody's child, or at least not of this class. */
  private final class DevServer {

    private final Path database;

    DevServer(Path database) {
      this.database = database;
    }

    Process start() throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "server",
                  "start-dev",
                  "--headless",
                  "--port",
                  Integer.toString(port),
                  "--db-filename",
                  database.toString())
              .redirectErrorStream(true)
              .redirectOutput(data.resolve("left-behind.log").toFile())
              .start();
      Connections.open("127.0.0.1:" + port).shutdownNow();
      return process;
    }
  }
}
