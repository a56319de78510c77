package dev.vitrine.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.Invalid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a JSON patch.
 *
 * @param path the decoded tokens of its JSON pointer, one or two
 * @param value null node for a removal
 * @param strict whether an addition of what is there already is refused, as the older form has it
 */
record PatchOperation(Verb verb, List<String> path, JsonNode value, boolean strict) {

  /** What the reference knows of RFC 6902. */
  enum Verb {
    ADD,
    REMOVE,
    REPLACE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String VERBS = "add, remove or replace";

  /** The field of the image that it is about. */
  String field() {
    return path.get(0);
  }

  /** From {@code {"op": "add", "path": "/name", "value": "x"}}, RFC 6902. */
  static PatchOperation ofObject(JsonNode object) {
    requireObject(object);
    JsonNode op = object.path("op");
    Verb verb =
        Arrays.stream(Verb.values())
            .filter(known -> known.word().equals(op.asText()))
            .findFirst()
            .orElseThrow(() -> new Invalid("op %s: give %s".formatted(Excerpt.value(op), VERBS)));
    JsonNode path = object.path("path");
    if (!path.isTextual()) {
      throw new Invalid("an operation has no 'path': " + Excerpt.value(object));
    }
    return new PatchOperation(verb, pointer(path.textValue()), value(verb, object), false);
  }

  /** From {@code {"add": "/name", "value": "x"}}, the draft that the media type v2.0 means. */
  static PatchOperation ofDraft(JsonNode object) {
    requireObject(object);
    Verb verb = null;
    for (Verb known : Verb.values()) {
      if (object.has(known.word())) {
        if (verb != null) {
          throw new Invalid(
              "an operation has more than one of %s: %s".formatted(VERBS, Excerpt.value(object)));
        }
        verb = known;
      }
    }
    if (verb == null || !object.get(verb.word()).isTextual()) {
      throw new Invalid("an operation has none of %s with a path: %s".formatted(VERBS, object));
    }
    return new PatchOperation(
        verb, pointer(object.get(verb.word()).textValue()), value(verb, object), true);
  }

  private static void requireObject(JsonNode object) {
    if (!object.isObject()) {
      throw new Invalid("an operation of the patch is no JSON object: " + Excerpt.value(object));
    }
  }

  private static JsonNode value(Verb verb, JsonNode object) {
    if (verb == Verb.REMOVE) {
      return NullNode.getInstance();
    }
    return Optional.<@Nullable JsonNode>ofNullable(object.get("value"))
        .orElseThrow(
            () ->
                new Invalid(
                    "'%s' takes a 'value': %s".formatted(verb.word(), Excerpt.value(object))));
  }

  /** The tokens of a JSON pointer, RFC 6901; none of them empty, as the reference has it. */
  private static List<String> pointer(String text) {
    if (!text.startsWith("/") || text.matches("(?s).*~(?![01]).*")) {
      throw new Invalid(
          "path '%s' is no JSON pointer: give '/' and a name, with ~0 for '~' and ~1 for '/'"
              .formatted(text));
    }
    List<String> tokens = new ArrayList<>();
    for (String token : text.substring(1).split("/", -1)) {
      if (token.isEmpty()) {
        throw new Invalid("path '%s' has an empty part".formatted(text));
      }
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return tokens;
  }
}
