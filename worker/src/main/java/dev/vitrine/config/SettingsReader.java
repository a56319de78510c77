package dev.vitrine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.PermissionChange;
import dev.vitrine.config.SettingsLayers.Value;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.web.AddressRange;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values by key and type. A wrong one is refused with its key, itself and what is accepted. */
final class SettingsReader {

  private final SettingsLayers layers;

  SettingsReader(SettingsLayers layers) {
    this.layers = layers;
  }

  @Nullable String textOrNull(String key) {
    Value value = layers.value(key);
    if (value.node().isNull()) {
      return null;
    }
    if (!value.node().isValueNode()) {
      throw wrong(key, value.node().toString(), "a single value");
    }
    String text = value.node().asText().strip();
    return text.isEmpty() ? null : text;
  }

  JsonNode node(String key) {
    return layers.value(key).node();
  }

  String text(String key) {
    return text(key, "a value");
  }

  /** What is in the URL may be a credential, so that a wrong one is not repeated in full. */
  String jdbcUrl(String key) {
    String accepted = "jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE";
    String url = text(key, accepted);
    if (!url.startsWith("jdbc:sqlite:") && !url.startsWith("jdbc:postgresql:")) {
      throw wrong(key, RegistrySettings.withoutCredentials(url), accepted);
    }
    return url;
  }

  /**
   * An http or https URL without a path's trailing slash; null if nothing is said.
   *
   * <p>User information would be a credential in the wrong place, and is not repeated.
   */
  @Nullable URI webUrlOrNull(String key) {
    String text = textOrNull(key);
    if (text == null) {
      return null;
    }
    String origin = layers.value(key).origin();
    return webUrl("%s (%s)".formatted(key, origin), text);
  }

  /** As above, of a text that was given. */
  static URI webUrl(String where, String text) {
    String accepted = "http://HOST or https://HOST, with a port and a path if need be";
    String shown = text.replaceFirst("[?#].*", "").replaceFirst("//.*@", "//");
    URI url;
    try {
      url = new URI(shown.replaceFirst("/+$", ""));
    } catch (URISyntaxException e) {
      throw refused(where, shown, accepted);
    }
    boolean web =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!web || url.getHost() == null) {
      throw refused(where, shown, accepted);
    }
    if (!shown.equals(text)) {
      throw refused(where, shown, accepted + ", and neither credentials nor a query");
    }
    return url;
  }

  List<AddressRange> ranges(String key) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : list(key, ",", "a list of addresses and ranges")) {
      try {
        ranges.add(AddressRange.of(text));
      } catch (Invalid e) {
        throw new Invalid(
            "%s (%s): %s; give %s"
                .formatted(key, layers.value(key).origin(), e.getMessage(), AddressRange.FORM));
      }
    }
    return ranges;
  }

  /** A list of words. */
  List<String> texts(String key, String accepted) {
    return list(key, ",", accepted);
  }

  int number(String key, int min, int max) {
    String accepted = "a whole number from %d to %d".formatted(min, max);
    String text = text(key, accepted);
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Refused below, like one out of range.
    }
    throw wrong(key, text, accepted);
  }

  boolean flag(String key) {
    String accepted = "true or false";
    String text = text(key, accepted);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, text, accepted);
    };
  }

  Duration duration(String key, Duration min) {
    String accepted = Units.DURATION + (min.isZero() ? "" : ", at least " + min.toMillis() + "ms");
    String text = text(key, accepted);
    return Units.duration(text)
        .filter(duration -> duration.compareTo(min) >= 0)
        .orElseThrow(() -> wrong(key, text, accepted));
  }

  Duration duration(String key, Duration min, Duration max) {
    Duration duration = duration(key, min);
    if (duration.compareTo(max) > 0) {
      throw wrong(
          key,
          text(key),
          "%s, from %dms to %dms".formatted(Units.DURATION, min.toMillis(), max.toMillis()));
    }
    return duration;
  }

  long size(String key) {
    long size = sizeOrZero(key);
    if (size == 0) {
      throw wrong(key, text(key), Units.SIZE + ", more than 0");
    }
    return size;
  }

  long sizeOrZero(String key) {
    String text = text(key, Units.SIZE);
    return Units.size(text).orElseThrow(() -> wrong(key, text, Units.SIZE));
  }

  /** A size that fits a buffer. */
  int bytes(String key, int max) {
    long size = size(key);
    if (size > max) {
      throw wrong(key, text(key), "at most %d bytes".formatted(max));
    }
    return (int) size;
  }

  @Nullable Path fileOrNull(String key) {
    String text = textOrNull(key);
    return text == null ? null : path(key, text);
  }

  List<Path> paths(String key) {
    return list(key, File.pathSeparator, "a list of directories").stream()
        .map(text -> path(key, text))
        .toList();
  }

  List<PermissionChange> permissionChanges(String key) {
    List<PermissionChange> changes = new ArrayList<>();
    for (String text : list(key, ",", "a list of changes")) {
      try {
        changes.add(PermissionChange.of(text));
      } catch (Invalid e) {
        throw new Invalid("%s (%s): %s".formatted(key, layers.value(key).origin(), e.getMessage()));
      }
    }
    return changes;
  }

  Set<WorkerRole> roles(String key) {
    String accepted =
        "one or more of "
            + String.join(", ", Arrays.stream(WorkerRole.values()).map(WorkerRole::word).toList());
    Set<WorkerRole> roles = EnumSet.noneOf(WorkerRole.class);
    for (String word : list(key, ",", accepted)) {
      roles.add(
          Arrays.stream(WorkerRole.values())
              .filter(role -> role.word().equals(word))
              .findFirst()
              .orElseThrow(() -> wrong(key, word, accepted)));
    }
    if (roles.isEmpty()) {
      throw wrong(key, "", accepted);
    }
    return roles;
  }

  /** One of the two keys; the later layer's where a file says the one and the environment other. */
  @Nullable Secret secretOrNull(String key, String fileKey) {
    Value value = layers.value(key);
    Value file = layers.value(fileKey);
    String fileName = textOrNull(fileKey);
    boolean given = !value.node().isNull() && !value.node().asText().isEmpty();
    if (given && !value.node().isTextual()) {
      // YAML has read a number or a date by now, and its text may differ from what was written.
      throw new Invalid("%s (%s): give a text in quotes".formatted(key, value.origin()));
    }
    if (given && fileName != null && value.layer() == file.layer()) {
      throw new Invalid(
          "%s (%s) and %s (%s) are both given: give one of them"
              .formatted(key, value.origin(), fileKey, file.origin()));
    }
    if (fileName != null && (!given || file.layer() > value.layer())) {
      return secretIn(fileKey, fileName);
    }
    return given ? new Secret(value.node().asText()) : null;
  }

  private Secret secretIn(String key, String fileName) {
    try {
      return new Secret(Files.readString(path(key, fileName)).stripTrailing());
    } catch (IOException e) {
      throw wrong(key, fileName, "a file that can be read (%s)".formatted(e));
    }
  }

  private String text(String key, String accepted) {
    String text = textOrNull(key);
    if (text == null) {
      throw wrong(key, "", accepted);
    }
    return text;
  }

  /** Separated so in a variable; a list in a file. */
  List<String> list(String key, String separator, String accepted) {
    JsonNode node = layers.value(key).node();
    List<String> items = new ArrayList<>();
    if (node.isTextual() && layers.value(key).origin().startsWith("in VITRINE_")) {
      items.addAll(List.of(node.asText().split(Pattern.quote(separator))));
      items.replaceAll(String::strip);
      items.removeIf(String::isEmpty);
    } else if (node.isArray()) {
      for (JsonNode item : node) {
        if (!item.isValueNode() || item.asText().isBlank()) {
          throw wrong(key, item.toString(), accepted);
        }
        items.add(item.asText().strip());
      }
    } else {
      throw wrong(key, node.isNull() ? "" : node.asText(), accepted + ", in brackets");
    }
    return items;
  }

  Path path(String key, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new Invalid("%s is '%s': give a path".formatted(key, text));
    }
  }

  /** How every wrong value is refused. */
  Invalid wrong(String key, String value, String accepted) {
    return refused("%s (%s)".formatted(key, layers.value(key).origin()), value, accepted);
  }

  /**
   * As above.
   *
   * @param where the key, and where it was given
   */
  static Invalid refused(String where, String value, String accepted) {
    return value.isEmpty()
        ? new Invalid("%s is empty: give %s".formatted(where, accepted))
        : new Invalid("%s is '%s': give %s".formatted(where, value, accepted));
  }
}
