package dev.vitrine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.VitrineException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "300, Invalid",
    "302, Invalid",
    "400, Invalid",
    "401, Unauthenticated",
    "403, Forbidden",
    "404, NotFound",
    "405, Invalid",
    "408, Unavailable",
    "409, Conflict",
    "410, NotFound",
    "411, Invalid",
    "412, Conflict",
    "413, TooLarge",
    "415, FormatRefused",
    "416, Invalid",
    "422, Invalid",
    "429, Unavailable",
    "500, Unavailable",
    "501, Invalid",
    "502, Unavailable",
    "503, Unavailable",
    "504, Unavailable",
    "507, StorageFull"
  })
  void everyStatusIsAKind(int status, String kind) {
    assertThat(error(status, "").kind().wireName()).isEqualTo(kind);
  }

  @Test
  void saysWhatWasAskedForWhatTheServerSaidAndTheRequest() {
    assertThat(error(409, "{\"code\":\"409\",\"title\":\"Conflict\",\"message\":\"is active\"}"))
        .hasMessage("upload of image 1: is active (HTTP 409, req-7)");
  }

  @Test
  void readsTheMessageOfAKeystone() {
    assertThat(error(401, "{\"error\":{\"code\":401,\"message\":\"wrong password\"}}"))
        .hasMessageContaining(": wrong password (");
  }

  @Test
  void readsTheMessageInHtmlAndInText() {
    assertThat(
            error(
                404,
                """
                <html>
                 <head><title>404 Not Found</title></head>
                 <body>
                  <h1>404 Not Found</h1>
                  No image &lt;x&gt; &amp; co<br /><br />
                 </body>
                </html>\
                """))
        .hasMessageContaining(": No image <x> & co (");
    assertThat(error(503, "try later\n")).hasMessageContaining(": try later (");
  }

  @Test
  void aServerThatSaysNothingOrTooMuchOrNoText() {
    assertThat(error(500, "")).hasMessageContaining("the server gave no reason");
    assertThat(error(500, "{}")).hasMessageContaining("the server gave no reason");
    assertThat(error(500, "x".repeat(10_000)).getMessage()).hasSizeLessThan(600);
    assertThat(error(500, "a\u001B[31mb\rc").getMessage()).doesNotContain("\u001B", "\r");
  }

  @Test
  void namesWhereARedirectLeads() {
    VitrineException error =
        ApiErrors.of(
            "image 1",
            302,
            HttpHeaders.of(Map.of("Location", List.of("https://other/v2")), (name, value) -> true),
            new byte[0]);

    assertThat(error).hasMessageContaining("https://other/v2");
  }

  private static VitrineException error(int status, String body) {
    return ApiErrors.of(
        "upload of image 1",
        status,
        HttpHeaders.of(Map.of("x-openstack-request-id", List.of("req-7")), (name, value) -> true),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
