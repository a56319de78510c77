package dev.vitrine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Passwords in settings: where they come from, and that they go nowhere. */
class SettingsSecretsTest extends SettingsFixture {

  @Test
  void readsThePasswordFromAFileOfItsOwn() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "hunter2\n");

    assertThat(load("registry: {password-file: %s}".formatted(secret)).registry().password())
        .isEqualTo(new Secret("hunter2"));
  }

  @Test
  void prefersThePasswordOfTheEnvironmentToTheFileThatTheSettingsName() throws IOException {
    assertThat(
            password(
                "registry: {password-file: /nowhere}",
                Map.of("VITRINE_REGISTRY_PASSWORD", "hunter2")))
        .isEqualTo(new Secret("hunter2"));
  }

  @Test
  void refusesAPasswordAndAPasswordFileInOnePlace() {
    assertThatThrownBy(() -> load("registry: {password: 'hunter2', password-file: /secret}"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("registry.password")
        .hasMessageContaining("registry.password-file")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesAPasswordThatYamlHasReadAsANumber() {
    assertThatThrownBy(() -> load("registry: {password: 73519264807}"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("registry.password")
        .hasMessageContaining("in quotes")
        .hasMessageNotContaining("73519264807");
  }

  @Test
  void namesThePasswordFileThatCantBeRead() {
    assertThatThrownBy(() -> load("registry: {password-file: /nowhere/secret}"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("registry.password-file")
        .hasMessageContaining("/nowhere/secret");
  }

  @Test
  void printsNoSecret() throws IOException {
    Settings settings =
        load(
            """
            registry:
              url: jdbc:postgresql://someone:hunter1@db:5432/vitrine?password=hunter2&ssl=true
              password: hunter3
            """);

    assertThat(settings.toString()).doesNotContain("hunter");
    assertThat(String.valueOf(settings.registry().password())).isEqualTo("******");
    assertThat(settings.registry().displayUrl()).isEqualTo("jdbc:postgresql://db:5432/vitrine");
  }

  @Test
  void repeatsNoCredentialOfAWrongUrl() {
    assertThatThrownBy(
            () -> load("registry: {url: 'jdbc:mysql://me:hunter2@db/x?password=hunter3'}"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("jdbc:mysql://db/x")
        .hasMessageNotContaining("hunter");
  }
}
