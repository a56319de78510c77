package dev.vitrine.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON of bodies: read strictly and within bounds, written straight into bytes. */
public final class Json {

  /** Deeper than anything this API has, and far from what would exhaust a stack. */
  private static final int DEEPEST = 64;

  /**
   * Names, values and brackets. A document of the smallest ones takes eighty times its bytes once
   * it is read, and only its bytes count against the budget of all bodies.
   */
  static final int MOST_TOKENS = 100_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Writes one document. */
  @FunctionalInterface
  public interface Writing {
    void to(JsonGenerator generator) throws IOException;
  }

  /**
   * Reads one document.
   *
   * @throws Invalid saying where it is wrong
   */
  public static JsonNode read(byte[] body) {
    if (body.length == 0) {
      throw new Invalid("the body is empty; give a JSON document");
    }
    try {
      JsonNode document = MAPPER.readTree(body);
      requireStorable(document);
      return document;
    } catch (StreamConstraintsException e) {
      throw new Invalid(
          "the body is deeper than %d levels, or has more than %d names, values and brackets, or one that is too long; give less at once"
              .formatted(DEEPEST, MOST_TOKENS));
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw VitrineException.because(
          e,
          new Invalid(
              "the body is not JSON, at line %d, column %d: %s"
                  .formatted(
                      at == null ? 0 : at.getLineNr(),
                      at == null ? 0 : at.getColumnNr(),
                      e.getOriginalMessage())));
    } catch (IOException e) {
      // Bytes that are no UTF-8.
      throw VitrineException.because(
          e, new Invalid("the body is not JSON in UTF-8: " + e.getMessage()));
    }
  }

  /** A node as maps, lists, texts, numbers, flags and null. */
  public static @Nullable Object plain(JsonNode node) {
    return MAPPER.convertValue(node, Object.class);
  }

  /** Requires that every text is one that databases and UTF-8 can hold. */
  private static void requireStorable(JsonNode node) {
    if (node.isMissingNode()) {
      throw new Invalid("the body is blank; give a JSON document");
    }
    if (node.isTextual()) {
      requireStorable(node.textValue());
    }
    for (JsonNode element : node) {
      requireStorable(element);
    }
    node.fieldNames().forEachRemaining(Json::requireStorable);
  }

  private static void requireStorable(String text) {
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new Invalid(
          "a text in the body has a NUL character or half of a surrogate pair; leave it out");
    }
  }

  /** Writes a tree of maps, lists and plain values. */
  public static byte[] write(Object document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a document bit by bit. */
  public static byte[] write(Writing writing) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(2048)) {
      try (JsonGenerator generator = MAPPER.createGenerator(bytes)) {
        writing.to(generator);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
