package dev.vitrine.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bodies are those of the examples in OpenStack's Identity API v3. */
class TokenRequestTest {

  private static final KeystoneName ADMIN = KeystoneName.of("admin", "Default");

  @Test
  void showsAPasswordForAProject() throws Exception {
    assertJson(
        TokenRequest.byPassword(
            ADMIN,
            "devstacker",
            new KeystoneName("a6944d763bf64ee6a275f1263fae0352", null, null, null)),
        """
        {"auth": {"identity": {"methods": ["password"], "password": {"user":
            {"name": "admin", "domain": {"name": "Default"}, "password": "devstacker"}}},
          "scope": {"project": {"id": "a6944d763bf64ee6a275f1263fae0352"}}}}
        """);
  }

  @Test
  void namesAUserOfTheDefaultDomainWithoutScope() throws Exception {
    assertJson(
        TokenRequest.byPassword(new KeystoneName(null, "admin", null, null), "pw", null),
        """
        {"auth": {"identity": {"methods": ["password"], "password": {"user":
            {"name": "admin", "domain": {"id": "default"}, "password": "pw"}}}}}
        """);
  }

  @Test
  void exchangesAToken() throws Exception {
    assertJson(
        TokenRequest.byToken("gAAA", new KeystoneName(null, "demo", "default", null)),
        """
        {"auth": {"identity": {"methods": ["token"], "token": {"id": "gAAA"}},
          "scope": {"project": {"name": "demo", "domain": {"id": "default"}}}}}
        """);
  }

  @Test
  void showsAnApplicationCredential() throws Exception {
    assertJson(
        TokenRequest.byApplicationCredential("423f19a4", "rEaqvJka48mpv"),
        """
        {"auth": {"identity": {"methods": ["application_credential"],
          "application_credential": {"id": "423f19a4", "secret": "rEaqvJka48mpv"}}}}
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://id:5000", "http://id:5000/", "http://id:5000/v3", "http://id:5000/v3/"})
  void isSentToVersionThree(String keystone) {
    assertThat(TokenRequest.url(keystone)).hasToString("http://id:5000/v3/auth/tokens");
  }

  @Test
  void printsNoSecret() {
    assertThat(TokenRequest.byPassword(ADMIN, "devstacker", null).toString())
        .contains("password")
        .doesNotContain("devstacker");
  }

  private static void assertJson(TokenRequest request, String expected) throws Exception {
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(request.json())).isEqualTo(json.readTree(expected));
  }
}
