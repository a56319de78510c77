package dev.vitrine.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** An answer with a status, and a body that is JSON unless it is a text. */
record FakeAnswer(int status, Object body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static final FakeAnswer DONE = new FakeAnswer(204, "");

  static FakeAnswer ok(Object body) {
    return new FakeAnswer(200, body);
  }

  /** As the image API says what is wrong. */
  static FakeAnswer refused(int status, String message) {
    return new FakeAnswer(
        status, Map.of("code", status + " Refused", "title", "Refused", "message", message));
  }

  byte[] bytes() {
    try {
      return body instanceof String text
          ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8)
          : JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
