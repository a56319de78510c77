package dev.vitrine.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said of the image that a task makes. */
final class PropertyOptions {

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description =
          "A property of the image, its name for example; may be repeated. A clone has the"
              + " original's otherwise.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(names = "--tag", paramLabel = "TAG", description = "A tag; may be repeated.")
  private List<String> tags = new ArrayList<>();

  /** In the form that a task's input has them. */
  Map<String, @Nullable Object> asInput() {
    Map<String, @Nullable Object> input = new LinkedHashMap<>(properties);
    String several = properties.get("tags");
    if (!tags.isEmpty()) {
      input.put("tags", List.copyOf(tags));
    } else if (several != null) {
      // As it was given before there was an option for each.
      input.put("tags", List.of(several.strip().split("\\s*,\\s*")));
    }
    return input;
  }
}
