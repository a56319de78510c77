package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Takes Temporal's data away for good: the namespace of that name is another one afterwards. */
@Timeout(300)
class LostNamespaceIT {

  private static final int WRONG_SETTING = 2;

  @TempDir Path directory;

  @Test
  void theTemporalNamespaceIsLostAndRecreated() throws Exception {
    byte[] data = new byte[24 << 20];
    new Random(14).nextBytes(data);
    try (OneProcess stack = new OneProcess(directory, "reconciliation: {interval: 2s}");
        HoldingSource source = new HoldingSource(data, 20 << 20)) {
      String kept = stack.caller().createImage("private", false);
      stack.caller().upload(kept, "kept");
      String task = stack.startImport(source.url());
      source.awaitHeld();

      stack.worker().kill();
      stack.temporal().kill();
      stack.temporal().restartEmpty();

      // Nobody settles by mistake what another server still runs.
      assertThat(stack.startInVain()).isEqualTo(WRONG_SETTING);
      assertThat(stack.moveInstallation()).contains("default");
      stack.startWorker(Map.of());
      Eventually.until("the task is settled", () -> stack.taskStatus(task).equals("failure"));
      Eventually.until("only what is known is stored", () -> stack.files().size() == 1);
      assertThat(stack.caller().get("/v2/images/" + kept + "/file").body()).isEqualTo("kept");
      String next = stack.caller().createImage("private", false);
      stack.caller().upload(next, "next");
      assertThat(
              stack
                  .caller()
                  .get("/v2/images/" + next + "/file")
                  .body()
                  .getBytes(StandardCharsets.UTF_8))
          .hasSize(4);
    }
  }
}
