package dev.vitrine.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.common.converter.JacksonJsonPayloadConverter;

/**
 * The readers and writers of JSON that all parts share, where nothing is to be refused for its
 * form. Thread-safe; nobody configures them further.
 */
public final class JsonMappers {

  private static final class Plain {
    private static final ObjectMapper MAPPER = new ObjectMapper();
  }

  /** Apart, because who only wants a map needs nothing of Temporal's for it. */
  private static final class Records {
    private static final ObjectMapper MAPPER = JacksonJsonPayloadConverter.newDefaultObjectMapper();
  }

  private JsonMappers() {}

  /** For maps, lists, texts, numbers and trees. */
  public static ObjectMapper plain() {
    return Plain.MAPPER;
  }

  /** For records, as they look in a workflow's history. */
  public static ObjectMapper records() {
    return Records.MAPPER;
  }
}
