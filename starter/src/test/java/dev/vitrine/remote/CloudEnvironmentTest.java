package dev.vitrine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEnvironmentTest {

  private static final Map<String, String> PASSWORD =
      Map.of(
          "OS_AUTH_URL", "http://keystone/v3",
          "OS_USERNAME", "anna",
          "OS_PASSWORD", "hunter2",
          "OS_PROJECT_NAME", "blue",
          "OS_USER_DOMAIN_NAME", "Default",
          "OS_PROJECT_DOMAIN_ID", "default",
          "OS_REGION_NAME", "west",
          "OS_INTERFACE", "internalURL");

  @Test
  void anEmptyEnvironmentSaysNothing() {
    assertThat(new CloudEnvironment(Map.of("OS_USERNAME", "anna")).settings(null)).isEmpty();
    assertThat(new CloudEnvironment(Map.of("VITRINE_API", " ")).settings(null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:9292, http://h:9292",
    "http://h:9292/, http://h:9292",
    "https://h/image/v2/, https://h/image",
    "https://h/image/v2.7, https://h/image",
    "http://h:9292/?x=y, http://h:9292"
  })
  void takesTheBaseOfAnApiHoweverItIsWritten(String given, String base) {
    assertThat(settings(Map.of(), given).endpoint()).isEqualTo(URI.create(base));
  }

  @Test
  void theOptionGoesBeforeTheVariables() {
    Map<String, String> both = Map.of("VITRINE_API", "http://vitrine", "OS_ENDPOINT", "http://os");

    assertThat(settings(both, "http://option").endpoint()).isEqualTo(URI.create("http://option"));
    assertThat(settings(both, null).endpoint()).isEqualTo(URI.create("http://vitrine"));
    assertThat(settings(Map.of("OS_ENDPOINT", "http://os"), null).credentials())
        .isEqualTo(new Credentials.None());
  }

  @Test
  void readsAPasswordWithItsScope() {
    RemoteSettings settings = settings(PASSWORD, null);

    assertThat(settings.endpoint()).isNull();
    assertThat(settings.region()).isEqualTo("west");
    assertThat(settings.catalogInterface()).isEqualTo("internal");
    assertThat(settings.credentials())
        .isEqualTo(
            new Credentials.Password(
                "http://keystone/v3",
                new Credentials.User(null, "anna", new Credentials.Domain(null, "Default")),
                "hunter2",
                new Credentials.Scope(null, "blue", new Credentials.Domain("default", null))));
  }

  @Test
  void readsATokenAndAnApplicationCredential() {
    assertThat(settings(Map.of("OS_TOKEN", "t"), "http://h").credentials())
        .isEqualTo(new Credentials.Token("t"));
    assertThat(settings(Map.of("OS_AUTH_TOKEN", "t", "OS_AUTH_URL", "http://k"), null))
        .extracting(RemoteSettings::credentials)
        .isInstanceOf(Credentials.Rescoped.class);
    assertThat(
            settings(
                    Map.of(
                        "OS_AUTH_URL", "http://k",
                        "OS_APPLICATION_CREDENTIAL_ID", "id",
                        "OS_APPLICATION_CREDENTIAL_SECRET", "hunter2"),
                    null)
                .credentials())
        .isEqualTo(new Credentials.ApplicationCredential("http://k", "id", "hunter2"));
    assertThat(settings(Map.of("OS_AUTH_TYPE", "none", "OS_TOKEN", "t"), "http://h").credentials())
        .isEqualTo(new Credentials.None());
  }

  @Test
  void noSecretIsPrinted() {
    assertThat(settings(PASSWORD, null).toString()).contains("anna").doesNotContain("hunter2");
    assertThat(settings(Map.of("OS_TOKEN", "hunter2"), "http://h").toString())
        .doesNotContain("hunter2");
    assertThat(new Credentials.ApplicationCredential("http://k", "id", "hunter2").toString())
        .doesNotContain("hunter2");
    assertThat(settings(Map.of("OS_TOKEN", "hunter2", "OS_AUTH_URL", "http://k"), null).toString())
        .doesNotContain("hunter2");
  }

  @Test
  void namesTheVariableThatIsMissing() {
    assertThatThrownBy(() -> settings(Map.of("OS_AUTH_URL", "http://k"), null))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("OS_USERNAME");
    assertThatThrownBy(
            () -> settings(Map.of("OS_AUTH_URL", "http://k", "OS_USERNAME", "anna"), null))
        .hasMessageContaining("OS_PASSWORD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h", "h:9292", "http://", "http://a b", "http://me:hunter2@h"})
  void whatIsNoUrlIsRefusedWithoutPrintingASecret(String url) {
    assertThatThrownBy(() -> settings(Map.of(), url))
        .isInstanceOf(Invalid.class)
        .message()
        .doesNotContain("hunter2");
  }

  private static RemoteSettings settings(Map<String, String> variables, String api) {
    return new CloudEnvironment(variables).settings(api).orElseThrow();
  }
}
