package dev.vitrine.workflow;

import dev.vitrine.error.Excerpt;
import dev.vitrine.image.Image;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.TaskInput;
import dev.vitrine.text.Printable;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What tells an image from others for people who look at the Web UI; each value may be null where
 * it is not known.
 *
 * @param format of its disk
 * @param owner the project
 * @param size bytes, as declared or known
 */
public record ImageCaption(
    @Nullable String name, @Nullable String format, @Nullable String owner, @Nullable Long size) {

  /** Of a name, in bytes: the rest of a line needs room, too. */
  private static final int NAME_BYTES = 80;

  /** Nothing is known. */
  public static final ImageCaption NONE = new ImageCaption(null, null, null, null);

  /** Of an image that there is, and is to get so many bytes. */
  public static ImageCaption of(Image image, @Nullable Long size) {
    return new ImageCaption(image.name(), image.diskFormat(), image.owner(), size);
  }

  /** Of an image that its upload registers. */
  public static ImageCaption of(NewImage image, @Nullable Long size) {
    return new ImageCaption(image.name(), image.diskFormat(), image.owner(), size);
  }

  /** Of an image that a task makes. */
  public static ImageCaption of(TaskRequest request) {
    String owner = request.by().project();
    if (request.input() instanceof TaskInput.Import in) {
      return new ImageCaption(name(in.imageProperties()), in.importFromFormat(), owner, null);
    }
    if (request.input() instanceof TaskInput.Clone clone) {
      return new ImageCaption(name(clone.imageProperties()), null, owner, null);
    }
    return new ImageCaption(null, null, owner, null);
  }

  private static @Nullable String name(Map<String, @Nullable Object> properties) {
    return properties.get("name") instanceof String name ? name : null;
  }

  /** In a line: {@code "web-server", image <id> (raw, 1048576 bytes, of acme)}. */
  public String line(UUID id) {
    return line("image " + id);
  }

  /** In a line, of an image whose id is not known yet. */
  public String line() {
    return line("an image");
  }

  private String line(String which) {
    StringJoiner about = new StringJoiner(", ", " (", ")").setEmptyValue("");
    if (format != null) {
      about.add(Excerpt.of(Printable.escape(format), NAME_BYTES));
    }
    if (size != null) {
      about.add(size + " bytes");
    }
    if (owner != null) {
      about.add("of " + Excerpt.of(Printable.escape(owner), NAME_BYTES));
    }
    String named =
        name == null
            ? which
            : "\"%s\", %s".formatted(Excerpt.of(Printable.escape(name), NAME_BYTES), which);
    return named + about;
  }
}
