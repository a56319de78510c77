package dev.vitrine.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The values by their full key, each from the last layer that gives it. The example file is the
 * first layer: the defaults stand there and nowhere else, and a key it lacks does not exist.
 */
final class SettingsLayers {

  /**
   * A value and where it was said.
   *
   * @param layer the number of its layer, counted from the defaults' 0
   */
  record Value(JsonNode node, String origin, int layer) {}

  private static final String EXAMPLE = "vitrine.example.yaml";
  private static final String PREFIX = "VITRINE_";

  /** What Kubernetes puts into the environment for a service named like one of our sections. */
  private static final Pattern KUBERNETES =
      Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_.*)?)");

  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private final Map<String, Value> values;
  private final Set<String> sections;
  private int layers = 1;

  private SettingsLayers(Map<String, Value> values) {
    this.values = values;
    this.sections = new TreeSet<>();
    for (String key : values.keySet()) {
      if (key.indexOf('.') > 0) {
        sections.add(key.substring(0, key.indexOf('.')));
      }
    }
  }

  static String example() {
    try (InputStream in =
        Objects.requireNonNull(SettingsLayers.class.getResourceAsStream(EXAMPLE), EXAMPLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SettingsLayers defaults() {
    Map<String, Value> values = new LinkedHashMap<>();
    flatten("", parse(example(), EXAMPLE))
        .forEach((key, node) -> values.put(key, new Value(node, "the default", 0)));
    return new SettingsLayers(values);
  }

  /** Lays a file over what there is. */
  void overrideBy(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new Invalid("the settings file %s can't be read: %s".formatted(file, e));
    }
    int layer = layers++;
    flatten("", parse(text, file.toString()))
        .forEach((key, node) -> put(key, new Value(node, "in " + file, layer)));
  }

  /** Lays the environment over what there is. */
  void overrideBy(Map<String, String> environment) {
    Map<String, String> keyOf = new TreeMap<>();
    values.keySet().forEach(key -> keyOf.put(variable(key), key));
    int layer = layers++;
    new TreeMap<>(environment)
        .forEach(
            (name, text) -> {
              String key = keyOf.get(name);
              if (key != null) {
                values.put(key, new Value(TextNode.valueOf(text), "in " + name, layer));
              } else if (isOurs(name)) {
                throw new Invalid(
                    "the environment variable %s is unknown; the nearest known one is %s"
                        .formatted(name, NearestName.to(name, keyOf.keySet())));
              }
            });
  }

  Value value(String key) {
    return Objects.requireNonNull(values.get(key), key);
  }

  Set<String> keys() {
    return values.keySet();
  }

  static String variable(String key) {
    return PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private void put(String key, Value value) {
    boolean empty = value.node().isNull() || (value.node().isObject() && value.node().isEmpty());
    if (values.containsKey(key)) {
      values.put(key, value);
    } else if (!sections.contains(key)) {
      throw new Invalid(
          "%s (%s) is unknown; the nearest known key is %s"
              .formatted(key, value.origin(), NearestName.to(key, values.keySet())));
    } else if (!empty) {
      List<String> below = values.keySet().stream().filter(k -> k.startsWith(key + ".")).toList();
      throw new Invalid(
          "%s (%s) is a section: give one of %s"
              .formatted(key, value.origin(), String.join(", ", below)));
    }
  }

  /** Variables elsewhere below {@code VITRINE_} may be another program's. */
  private boolean isOurs(String name) {
    return sections.stream().anyMatch(section -> name.startsWith(variable(section) + "_"))
        && !KUBERNETES.matcher(name).matches();
  }

  private static JsonNode parse(String text, String name) {
    try {
      JsonNode root = YAML.readTree(text);
      if (root.isObject() || root.isMissingNode() || root.isNull()) {
        return root;
      }
      throw new Invalid(name + " is not a settings file: give keys with values");
    } catch (JsonProcessingException e) {
      // The source is left out of the message: a line of it may hold a secret.
      throw new Invalid(
          "%s is not YAML, near line %d: %s"
              .formatted(name, lineOf(e), e.getOriginalMessage().lines().findFirst().orElse("")));
    }
  }

  private static int lineOf(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  private static Map<String, JsonNode> flatten(String prefix, JsonNode node) {
    Map<String, JsonNode> leaves = new LinkedHashMap<>();
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String key = prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey();
        if (field.getValue() instanceof ObjectNode inner && !inner.isEmpty()) {
          leaves.putAll(flatten(key, inner));
        } else {
          boolean unsaid = field.getValue().isTextual() && field.getValue().asText().isEmpty();
          leaves.put(key, unsaid ? NullNode.getInstance() : field.getValue());
        }
      }
    }
    return leaves;
  }
}
