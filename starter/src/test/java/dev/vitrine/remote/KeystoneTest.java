package dev.vitrine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.fake.FakeImageApi;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who asks, shown to a Keystone. */
class KeystoneTest {

  private final FakeImageApi server = FakeImageApi.start();
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void asAnna() {
    server.authenticates = true;
    variables.put("OS_AUTH_URL", server.keystone().url());
    variables.put("OS_USERNAME", "anna");
    variables.put("OS_PASSWORD", "secret");
    variables.put("OS_PROJECT_NAME", "blue");
    variables.put("OS_REGION_NAME", "west");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void getsOneTokenAndTheEndpointFromTheCatalog() {
    ImageApi api = api();

    assertThat(api.images().list(RemoteImageFilter.NONE, 5)).isEmpty();
    assertThat(api.images().list(RemoteImageFilter.NONE, 5)).isEmpty();

    assertThat(api.endpoint()).hasToString(server.url());
    assertThat(server.keystone().asked())
        .containsExactly(
            Map.of(
                "identity",
                Map.of(
                    "methods",
                    List.of("password"),
                    "password",
                    Map.of(
                        "user",
                        Map.of(
                            "name",
                            "anna",
                            "domain",
                            Map.of("id", "default"),
                            "password",
                            "secret"))),
                "scope",
                Map.of("project", Map.of("name", "blue", "domain", Map.of("id", "default")))));
  }

  @Test
  void renewsATokenThatIsRefusedOnce() {
    ImageApi api = api();
    UUID id = api.images().create(Map.of("name", "x")).id();

    server.keystone().revokeAll();
    assertThat(api.images().show(id).name()).isEqualTo("x");
    assertThat(server.keystone().asked()).hasSize(2);

    server.authenticates = true;
    variables.put("OS_TOKEN", "stale");
    variables.put("VITRINE_API", server.url());
    assertThatThrownBy(() -> api().images().show(id)).isInstanceOf(Unauthenticated.class);
    assertThat(server.keystone().asked()).hasSize(2);
  }

  @Test
  void sendsDataAgainThatWasRefusedForItsToken() {
    ImageApi api = api();
    UUID id = api.images().create(Map.of("name", "x")).id();
    server.keystone().revokeAll();

    api.files()
        .upload(
            id,
            new UploadSource(() -> new ByteArrayInputStream(new byte[9]), 9L, true),
            TransferListener.NONE);

    assertThat(api.images().show(id).size()).isEqualTo(9);
  }

  @Test
  void showsAnApplicationCredentialWithoutAScope() {
    variables.put("OS_APPLICATION_CREDENTIAL_ID", "robot");
    variables.put("OS_APPLICATION_CREDENTIAL_SECRET", "secret");

    assertThat(api().images().list(RemoteImageFilter.NONE, 5)).isEmpty();

    assertThat(server.keystone().asked())
        .containsExactly(
            Map.of(
                "identity",
                Map.of(
                    "methods",
                    List.of("application_credential"),
                    "application_credential",
                    Map.of("id", "robot", "secret", "secret"))));
  }

  @Test
  void aWrongPasswordIsUnauthenticatedAndNotRepeated() {
    variables.put("OS_PASSWORD", "hunter2");

    assertThatThrownBy(() -> api().images().list(RemoteImageFilter.NONE, 5).toList())
        .isInstanceOf(Unauthenticated.class)
        .hasMessageContaining("requires authentication")
        .hasMessageContaining("/identity/v3/auth/tokens")
        .message()
        .doesNotContain("hunter2");
    assertThat(server.keystone().asked()).hasSize(1);
  }

  @Test
  void aCatalogWithoutTheRegionIsNamed() {
    variables.put("OS_REGION_NAME", "north");

    assertThatThrownBy(() -> api().endpoint())
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("no public endpoint of an image API in region north");
  }

  @Test
  void takesTheInterfaceThatIsAskedFor() {
    variables.put("OS_INTERFACE", "internal");

    assertThat(api().endpoint()).hasToString("http://127.0.0.1:2");
  }

  private ImageApi api() {
    return new ImageApi(new CloudEnvironment(variables).settings(null).orElseThrow());
  }
}
