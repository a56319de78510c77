package dev.vitrine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.web.AddressRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthSettingsTest {

  private static final String KEYSTONE =
      "auth: {method: keystone, keystone-url: 'http://keystone:5000/v3/',"
          + " keystone-password: 'hunter2'";

  @TempDir private Path directory;

  private AuthSettings load(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("vitrine.yaml"), yaml);
    return Settings.load(file, Map.of()).auth();
  }

  @Test
  void readsEverySettingOfKeystone() throws IOException {
    AuthSettings settings =
        load(
            """
            auth:
              method: keystone
              keystone-url: https://internal:5000/identity
              keystone-public-url: https://keystone.example.org/
              keystone-user: images
              keystone-user-domain: services
              keystone-password: "hunter2"
              keystone-project: cloud
              keystone-project-domain: other
              keystone-cache-time: 0s
              keystone-timeout: 2s
            """);

    assertThat(settings)
        .isEqualTo(
            new AuthSettings.Keystone(
                URI.create("https://internal:5000/identity"),
                URI.create("https://keystone.example.org"),
                "images",
                "services",
                new Secret("hunter2"),
                "cloud",
                "other",
                Duration.ZERO,
                Duration.ofSeconds(2)));
    assertThat(settings.toString()).doesNotContain("hunter");
  }

  @Test
  void takesDefaultsForAllButTheUrlAndThePassword() throws IOException {
    URI url = URI.create("http://keystone:5000/v3");

    assertThat(load(KEYSTONE + "}"))
        .isEqualTo(
            new AuthSettings.Keystone(
                url,
                url,
                "vitrine",
                "Default",
                new Secret("hunter2"),
                "service",
                "Default",
                Duration.ofMinutes(5),
                Duration.ofSeconds(10)));
  }

  @Test
  void readsThePasswordFromAFileOfItsOwn() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "hunter2\n");

    assertThat(load(KEYSTONE.replace("password: 'hunter2'", "password-file: " + secret) + "}"))
        .isEqualTo(load(KEYSTONE + "}"));
  }

  @Test
  void readsFromTheEnvironment() {
    assertThat(
            Settings.load(
                    null,
                    Map.of(
                        "VITRINE_AUTH_METHOD", "trusted-headers",
                        "VITRINE_AUTH_TRUSTED_PROXIES", "10.0.0.1, fd00::/8"))
                .auth())
        .isEqualTo(
            new AuthSettings.TrustedHeaders(
                List.of(AddressRange.of("10.0.0.1"), AddressRange.of("fd00::/8"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "auth: {method: basic} | auth.method (in FILE) is 'basic': give none, trusted-headers or"
            + " keystone",
        "auth: {methods: none} | auth.methods (in FILE) is unknown; the nearest known key is"
            + " auth.method",
        "auth: {user: } | auth.user (in FILE) is empty: give a value",
        "auth: {trusted-proxies: 10.0.0.1} | auth.trusted-proxies (in FILE) is '10.0.0.1': give a"
            + " list of addresses and ranges, in brackets",
        "auth: {trusted-proxies: [proxy]} | auth.trusted-proxies (in FILE): 'proxy' is neither an"
            + " address nor a range; give an address or a range, such as 10.1.2.3, 10.1.0.0/16 or"
            + " fd00::/8",
        "auth: {trusted-proxies: [10.0.0.1/8]} | auth.trusted-proxies (in FILE): 10.0.0.1/8: the"
            + " address has bits beyond the range: write its first address; give an address or a"
            + " range, such as 10.1.2.3, 10.1.0.0/16 or fd00::/8",
        "auth: {method: keystone, keystone-password: 'x'} | auth.keystone-url (the default) is"
            + " empty: give a value: auth.method is 'keystone'",
        "auth: {method: keystone, keystone-url: 'http://k'} | auth.keystone-password (the default)"
            + " is empty: give a value: auth.method is 'keystone'",
        "auth: {keystone-url: 'ftp://k'} | auth.keystone-url (in FILE) is 'ftp://k': give"
            + " http://HOST or https://HOST, with a port and a path if need be",
        "auth: {keystone-url: 'http://'} | auth.keystone-url (in FILE) is 'http://': give"
            + " http://HOST or https://HOST, with a port and a path if need be",
        "auth: {keystone-url: 'http://a:hunter2@k/?p=hunter3'} | auth.keystone-url (in FILE) is"
            + " 'http://k/': give http://HOST or https://HOST, with a port and a path if need be,"
            + " and neither credentials nor a query",
        "auth: {keystone-timeout: 0s} | auth.keystone-timeout (in FILE) is '0s': give a whole"
            + " number with ms, s, m, h or d, such as 30s or 48h, at least 1ms",
      })
  void refusesWhatIsWrongByItsFullKey(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(Invalid.class)
        .hasMessage(message.replace("FILE", directory.resolve("vitrine.yaml").toString()));
  }

  @ParameterizedTest
  @CsvSource({
    // listening, none, none forced, headers, headers from proxies, keystone
    "127.0.0.1, true,  true, true,  true, true",
    "::1,       true,  true, true,  true, true",
    "0.0.0.0,   false, true, false, true, true",
    "::,        false, true, false, true, true",
    "10.1.2.3,  false, true, false, true, true",
  })
  void letsNobodyBeAnyoneFromTheNetwork(
      String address,
      boolean none,
      boolean forced,
      boolean headers,
      boolean proxies,
      boolean keystone)
      throws IOException {
    assertThat(isSafe(new AuthSettings.None("a", "p", false, List.of()), address)).isEqualTo(none);
    assertThat(isSafe(new AuthSettings.None("a", "p", true, List.of()), address)).isEqualTo(forced);
    assertThat(isSafe(new AuthSettings.TrustedHeaders(List.of()), address)).isEqualTo(headers);
    assertThat(
            isSafe(
                new AuthSettings.TrustedHeaders(List.of(AddressRange.of("10.0.0.0/8"))), address))
        .isEqualTo(proxies);
    assertThat(isSafe(load(KEYSTONE + "}"), address)).isEqualTo(keystone);
  }

  private static boolean isSafe(AuthSettings settings, String address) throws UnknownHostException {
    try {
      settings.requireSafeOn(InetAddress.getByName(address));
      return true;
    } catch (Invalid refused) {
      assertThat(refused).hasMessageContaining("auth.method").hasMessageContaining("listen");
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    // roles, address, method
    "api,      0.0.0.0,   none,            false",
    "api,      0.0.0.0,   trusted-headers, false",
    "api,      127.0.0.1, none,            true",
    "transfer, 0.0.0.0,   none,            true",
  })
  void isAskedBeforeTheApiListens(String role, String address, String method, boolean taken) {
    String yaml =
        "{worker: {roles: [%s]}, api: {listen-address: %s}, auth: {method: %s}}"
            .formatted(role, address, method);

    if (taken) {
      assertThatCode(() -> load(yaml)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> load(yaml))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("the API listens on 0.0.0.0");
    }
  }

  @Test
  void namesAListeningAddressThatNobodyKnows() {
    assertThatThrownBy(
            () -> load("{worker: {roles: [api]}, api: {listen-address: 'no such host'}}"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("api.listen-address is 'no such host'");
  }

  @Test
  void isSafeByDefaultOnLoopback() {
    assertThatCode(() -> Settings.defaults().auth().requireSafeOn(InetAddress.getLoopbackAddress()))
        .doesNotThrowAnyException();
  }
}
