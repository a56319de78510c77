package dev.vitrine.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole answer.
 *
 * @param status 200 to 599
 * @param headers without those that follow from the body
 * @param body empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // Written once and never compared.
public record Answer(int status, Map<String, String> headers, byte[] body) {

  private static final byte[] NOTHING = {};

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** A document. */
  public static Answer json(int status, byte[] document) {
    return new Answer(status, Map.of("Content-Type", "application/json"), document);
  }

  /** A document that is at hand as text. */
  public static Answer json(int status, String document) {
    return json(status, document.getBytes(StandardCharsets.UTF_8));
  }

  /** 204: it is done, and there is nothing to say. */
  public static Answer noContent() {
    return new Answer(204, Map.of(), NOTHING);
  }

  /** 202: it is begun, and whoever asked has to look how it ends. */
  public static Answer accepted() {
    return new Answer(202, Map.of(), NOTHING);
  }

  /** The same with a header more. */
  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
