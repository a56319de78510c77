package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.PermissionTable;
import dev.vitrine.access.Permissions;
import dev.vitrine.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerMainTest {

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsEverySettingWithItsDefault() {
    assertThat(run(Map.of(), "--print-defaults")).isZero();

    assertThat(out).hasToString(Settings.example());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void printsWhoMayDoWhat() {
    assertThat(
            run(
                Map.of("VITRINE_PERMISSIONS", "allow download to reader of owner"),
                "--print-permissions"))
        .isZero();

    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("download +rm-\\* +-m- .*"))
        .anyMatch(line -> line.startsWith("Change a cell with the setting permissions:"));
  }

  @Test
  void documentsTheTableAsItIs() throws IOException {
    assertThat(Files.readString(Path.of("README.md")))
        .contains("```\n" + PermissionTable.print(Permissions.DEFAULT) + "```");
  }

  @Test
  void refusesATableWithoutSense() {
    assertThat(run(Map.of("VITRINE_PERMISSIONS", "deny show to member of owner"), "--check"))
        .isEqualTo(2);
    assertThat(err.toString().strip())
        .startsWith("vitrine-worker: permissions: show is allowed to reader of owner and denied");
  }

  @Test
  void refusesAFormatOfTheLogThatThereIsNot() {
    assertThat(run(Map.of("VITRINE_LOG_FORMAT", "json"), "--check")).isZero();
    assertThat(run(Map.of("VITRINE_LOG_FORMAT", "xml"), "--check")).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo("vitrine-worker: VITRINE_LOG_FORMAT is 'xml': give text or json");
  }

  @Test
  void explainsItself() {
    assertThat(run(Map.of(), "--help")).isZero();

    assertThat(out.toString())
        .contains(
            "--config=FILE",
            "--check",
            "--print-defaults",
            "--print-permissions",
            "--register-search-attributes")
        .contains("TEMPORAL_ADDRESS", "VITRINE_REGISTRY_URL", "does not answer");
  }

  @Test
  void findsNothingWrongWithTheDefaults() throws IOException {
    Path file = Files.writeString(directory.resolve("vitrine.yaml"), Settings.example());

    assertThat(run(Map.of(), "--check", "--config", file.toString())).isZero();
    assertThat(out.toString().strip()).isEqualTo("the settings are right");
  }

  @Test
  void saysWhichSettingIsWrongInOneLine() throws IOException {
    Path file = Files.writeString(directory.resolve("vitrine.yaml"), "registry: {pool-size: x}");

    assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo(
            "vitrine-worker: registry.pool-size (in %s) is 'x': give a whole number from 1 to 1000"
                .formatted(file));
  }

  @Test
  void readsTheFileThatTheEnvironmentNames() throws IOException {
    Path file = Files.writeString(directory.resolve("vitrine.yaml"), "regstry: {}");

    assertThat(run(Map.of("VITRINE_CONFIG", file.toString()), "--check")).isEqualTo(2);
    assertThat(err.toString()).contains("regstry (in " + file + ") is unknown");
  }

  @Test
  void refusesWhatTheRegistryWouldRefuse() {
    assertThat(run(Map.of("VITRINE_REGISTRY_URL", "jdbc:sqlite::memory:"), "--check")).isEqualTo(2);
    assertThat(err.toString()).contains("registry");
  }

  @Test
  void refusesAnUnknownArgument() {
    assertThat(run(Map.of(), "--chek")).isEqualTo(2);
    assertThat(err.toString()).contains("--chek");
  }

  @Test
  void refusesAProfileThatIsNotThere() {
    assertThat(run(Map.of("TEMPORAL_PROFILE", "nowhere"))).isEqualTo(2);
    assertThat(err.toString()).contains("Temporal's client configuration is wrong", "nowhere");
  }

  private int run(Map<String, String> environment, String... args) {
    return WorkerMain.run(
        environment, new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
