package dev.vitrine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The list of stores, from YAML or as {@code name=path,name=path} from the environment. */
final class StoresReader {

  private static final Set<String> KEYS = Set.of("name", "type", "path");
  private static final String ACCEPTED = "a list of stores, each with name, type (file) and path";

  private final SettingsReader in;

  StoresReader(SettingsReader in) {
    this.in = in;
  }

  List<StoreSettings> read(String key) {
    JsonNode node = in.node(key);
    List<StoreSettings> stores = new ArrayList<>();
    if (node.isTextual()) {
      for (String pair : node.asText().split(",")) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
          throw in.wrong(key, pair, "name=path, separated by commas");
        }
        stores.add(store(key, pair.substring(0, equals), pair.substring(equals + 1)));
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        stores.add(store("%s[%d]".formatted(key, i), key, node.get(i)));
      }
    }
    if (stores.isEmpty()) {
      throw in.wrong(key, node.isNull() ? "" : node.asText(), ACCEPTED);
    }
    return stores;
  }

  private StoreSettings store(String key, String listKey, JsonNode node) {
    if (!node.isObject()) {
      throw in.wrong(listKey, node.asText(), ACCEPTED);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!KEYS.contains(field.getKey())) {
        throw new Invalid(
            "%s.%s is unknown; the nearest known key is %s.%s"
                .formatted(key, field.getKey(), key, NearestName.to(field.getKey(), KEYS)));
      }
      fields.put(field.getKey(), field.getValue().asText(""));
    }
    String type = fields.getOrDefault("type", "file");
    if (!type.equals("file")) {
      throw new Invalid("%s.type is '%s': give file".formatted(key, type));
    }
    return store(key, fields.getOrDefault("name", ""), fields.getOrDefault("path", ""));
  }

  private StoreSettings store(String key, String name, String path) {
    if (!name.strip().matches("[a-z0-9][a-z0-9-]*")) {
      throw new Invalid(
          "%s: the name of a store is '%s': give lower-case letters, digits and hyphens"
              .formatted(key, name));
    }
    if (name.strip().equals(Location.EXTERNAL)) {
      throw new Invalid(
          "%s: the name '%s' stands for data that lies elsewhere: give the store another one"
              .formatted(key, Location.EXTERNAL));
    }
    if (path.isBlank()) {
      throw new Invalid("%s: the store '%s' has no path".formatted(key, name.strip()));
    }
    return new StoreSettings(name.strip(), in.path(key, path.strip()));
  }
}
