package dev.vitrine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The list of stores, from YAML or as {@code name=path,name=s3://bucket/prefix} from the
 * environment.
 */
final class StoresReader {

  private static final Set<String> FILE_KEYS =
      Set.of("name", "type", "path", "directories", "weight", "read-only");
  private static final Set<String> DIRECTORY_KEYS = Set.of("path", "priority");
  private static final Set<String> HTTP_KEYS = Set.of("name", "type", "weight");
  private static final Set<String> S3_KEYS =
      Set.of(
          "name",
          "type",
          "bucket",
          "prefix",
          "region",
          "endpoint",
          "path-style",
          "part-size",
          "profile",
          "weight",
          "read-only");
  private static final String ACCEPTED =
      "a list of stores, each with name, type (file, s3 or http), and path, directories or bucket";

  private static final String S3_URL = "s3://";

  /** Amazon's rules for new buckets, but for the few forms that are reserved. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** S3 takes names of 1,024 bytes; the rest is the key. */
  private static final int LONGEST_PREFIX = 900;

  private static final long DEFAULT_PART = 8L << 20;

  /** Below this S3 takes no part but the last. */
  private static final long LEAST_PART = 5L << 20;

  /** Two of them are in memory for each transfer. */
  private static final long MOST_PART = 1L << 30;

  private static final int MOST_WEIGHT = 1_000_000;

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
          throw in.wrong(key, pair, "name=path or name=s3://bucket, separated by commas");
        }
        stores.add(pair(key, pair.substring(0, equals), pair.substring(equals + 1).strip()));
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        if (!node.get(i).isObject()) {
          throw in.wrong(key, node.get(i).asText(), ACCEPTED);
        }
        String element = "%s[%d]".formatted(key, i);
        stores.add(store(element, StoreFields.of(element, node.get(i))));
      }
    }
    if (stores.isEmpty()) {
      throw in.wrong(key, node.isNull() ? "" : node.asText(), ACCEPTED);
    }
    return stores;
  }

  /** A list of buckets in the same form; none if it is empty. */
  List<S3StoreSettings> buckets(String key) {
    JsonNode node = in.node(key);
    if (node.isEmpty() && node.asText().isBlank()) {
      return List.of();
    }
    List<S3StoreSettings> buckets = new ArrayList<>();
    for (StoreSettings each : read(key)) {
      if (!(each instanceof S3StoreSettings bucket)) {
        throw in.wrong(key, each.name(), "a list of buckets, each with name, type s3, and bucket");
      }
      buckets.add(bucket);
    }
    return buckets;
  }

  private StoreSettings pair(String key, String name, String place) {
    StoreFields fields = new StoreFields(key).put("name", name);
    if (!place.startsWith(S3_URL)) {
      return store(key, fields.put("path", place));
    }
    String inBucket = place.substring(S3_URL.length());
    int slash = inBucket.indexOf('/');
    return store(
        key,
        fields
            .put("type", "s3")
            .put("bucket", slash < 0 ? inBucket : inBucket.substring(0, slash))
            .put("prefix", slash < 0 ? "" : inBucket.substring(slash + 1)));
  }

  private StoreSettings store(String key, StoreFields fields) {
    String type = fields.text("type");
    return switch (type) {
      case "", "file" -> file(key, fields);
      case "s3" -> s3(key, fields);
      case "http" -> http(key, fields);
      default -> throw fields.wrong("type", "file, s3 or http");
    };
  }

  private StoreSettings file(String key, StoreFields fields) {
    fields.requireOnly(FILE_KEYS);
    String name = name(key, fields);
    return new FileStoreSettings(
        name, directories(key, name, fields), weight(fields), readOnly(fields));
  }

  private List<FileStoreSettings.Directory> directories(
      String key, String name, StoreFields fields) {
    List<StoreFields> several = fields.list("directories", "path");
    String path = fields.text("path");
    if (path.isEmpty() && several.isEmpty()) {
      throw new Invalid("%s: the store '%s' has no path".formatted(key, name));
    }
    if (!path.isEmpty() && !several.isEmpty()) {
      throw new Invalid(
          "%s: the store '%s' has a path and directories; give one of them".formatted(key, name));
    }
    if (several.isEmpty()) {
      return List.of(new FileStoreSettings.Directory(in.path(key, path), 0));
    }
    List<FileStoreSettings.Directory> directories = new ArrayList<>();
    Set<Path> paths = new HashSet<>();
    for (StoreFields each : several) {
      each.requireOnly(DIRECTORY_KEYS);
      Path directory = in.path(key, each.text("path"));
      if (each.text("path").isEmpty() || !paths.add(directory.toAbsolutePath().normalize())) {
        throw each.wrong("path", "the path of a directory, each once");
      }
      directories.add(
          new FileStoreSettings.Directory(
              directory, each.number("priority", 0, -MOST_WEIGHT, MOST_WEIGHT)));
    }
    return directories;
  }

  private StoreSettings s3(String key, StoreFields fields) {
    fields.requireOnly(S3_KEYS);
    String name = name(key, fields);
    if (!BUCKET.matcher(fields.text("bucket")).matches()) {
      throw fields.wrong("bucket", "3 to 63 lower-case letters, digits, dots and hyphens");
    }
    return new S3StoreSettings(
        name,
        fields.text("bucket"),
        prefix(fields),
        fields.textOrNull("region"),
        fields.webUrlOrNull("endpoint"),
        fields.flag("path-style", fields.textOrNull("endpoint") != null),
        fields.size("part-size", DEFAULT_PART, LEAST_PART, MOST_PART),
        fields.textOrNull("profile"),
        weight(fields),
        readOnly(fields));
  }

  /** Locations outside the stores are recorded as in one of that name. */
  private static StoreSettings http(String key, StoreFields fields) {
    fields.requireOnly(HTTP_KEYS);
    if (!fields.text("name").equals(Location.EXTERNAL)) {
      throw new Invalid(
          "%s: the name of the store of type http is '%s': there is one, whose name is '%s'"
              .formatted(key, fields.text("name"), Location.EXTERNAL));
    }
    return new HttpStoreSettings(weight(fields));
  }

  private static int weight(StoreFields fields) {
    return fields.number("weight", 0, -MOST_WEIGHT, MOST_WEIGHT);
  }

  private static boolean readOnly(StoreFields fields) {
    return fields.flag("read-only", false);
  }

  private static String prefix(StoreFields fields) {
    String prefix = fields.text("prefix");
    if (prefix.startsWith("/") || prefix.length() > LONGEST_PREFIX) {
      throw fields.wrong(
          "prefix", "at most %d characters without a slash in front".formatted(LONGEST_PREFIX));
    }
    return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  private static String name(String key, StoreFields fields) {
    String name = fields.text("name");
    if (!name.matches("[a-z0-9][a-z0-9-]*")) {
      throw new Invalid(
          "%s: the name of a store is '%s': give lower-case letters, digits and hyphens"
              .formatted(key, name));
    }
    if (name.equals(Location.EXTERNAL)) {
      throw new Invalid(
          "%s: the name '%s' stands for data that lies elsewhere: give another one, or type http"
              .formatted(key, Location.EXTERNAL));
    }
    return name;
  }
}
