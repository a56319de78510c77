package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which server is asked, what is measured of it, and how its errors are printed. */
class ApiConnectionTest extends ApiCommandsFixture {

  @Test
  void measuresTheServer() {
    assertThat(execute("bench", "upload", "--size=4KiB", "--count=1", "--json")).isZero();

    assertThat(run.json().required("bench").asText()).isEqualTo("upload");
    assertThat(run.json().required("reference").get(0).required("unit").asText()).isEqualTo("MB/s");
    assertThat(run.err()).isEmpty();
    run = run(false);
    assertThat(execute("bench", "api", "--images=3", "--count=2", "--parallel=2")).isZero();
    assertThat(run.out()).contains("create", "first page of 25", "list 3 by 25", "delete");
    assertThat(server.images().all()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void measuresTheProcessesOfTheServer() {
    String pid = Long.toString(ProcessHandle.current().pid());

    assertThat(execute("bench", "download", "--size=4KiB", "--count=1", "--pid", pid)).isZero();

    assertThat(run.out())
        .contains("this machine: loopback GET", "download, CPU of the server", "peak memory");
  }

  @Test
  void oneErrorIsPrintedWithTheServersOwnWords() {
    assertThat(execute("image", "show", MISSING)).isEqualTo(3);

    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "vitrine: image %s: No image found with ID %s (HTTP 404, req-1)\n"
                .formatted(MISSING, MISSING));
  }

  @Test
  void findsTheApiByTheVariablesOfACloud() {
    server.authenticates = true;
    server.images().addQueued("x");
    Map<String, String> cloud =
        Map.of(
            "OS_AUTH_URL", server.keystone().url(),
            "OS_USERNAME", "anna",
            "OS_PASSWORD", "secret",
            "OS_REGION_NAME", "west");
    run = run(cloud);

    assertThat(run.execute("image", "list", "--json")).isZero();

    assertThat(run.json().required("images")).hasSize(1);
    Run wrong =
        run(
            Map.of(
                "OS_AUTH_URL",
                server.keystone().url(),
                "OS_USERNAME",
                "anna",
                "OS_PASSWORD",
                "hunter2"));
    assertThat(wrong.execute("image", "list", "--verbose")).isEqualTo(5);
    assertThat(wrong.err()).doesNotContain("hunter2");
  }

  @Test
  void temporalIsTakenWhereItsVariablesNameItAndNoOptionSaysOtherwise() {
    Map<String, String> both =
        Map.of("TEMPORAL_ADDRESS", "nowhere:7233", "OS_AUTH_URL", server.keystone().url());

    assertThat(run(both).execute("task", "show", MISSING)).isEqualTo(1);
    assertThat(run(Map.of("VITRINE_API", server.url())).execute("task", "show", MISSING))
        .isEqualTo(3);
  }

  @Test
  void whatNeedsAnApiSaysHowToNameOne() {
    for (String command : List.of("list", "create x", "show " + MISSING, "history " + MISSING)) {
      run = run(false);
      List<String> args = new ArrayList<>(List.of("image"));
      args.addAll(List.of(command.split(" ", -1)));
      assertThat(run.execute(args.toArray(String[]::new))).isEqualTo(2);

      assertThat(run.err()).contains("give --api URL", "VITRINE_API", "OS_AUTH_URL");
    }
  }
}
