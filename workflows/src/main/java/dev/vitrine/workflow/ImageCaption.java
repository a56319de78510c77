package dev.vitrine.workflow;

import dev.vitrine.error.Excerpt;
import dev.vitrine.image.Image;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.TaskInput;
import dev.vitrine.text.Markdown;
import dev.vitrine.text.Printable;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What tells an image from others for people who look at the Web UI, which shows summaries as
 * Markdown; each value may be null where it is not known.
 *
 * @param format of its disk
 * @param owner the project
 * @param size bytes, as declared or known
 */
public record ImageCaption(
    @Nullable String name, @Nullable String format, @Nullable String owner, @Nullable Long size) {

  /** Of each, in bytes: a server takes 400 for a whole summary, in JSON. */
  private static final int NAME_BYTES = 50;

  private static final int FORMAT_BYTES = 20;
  private static final int PLACE_BYTES = 90;

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

  /**
   * Of an image that a task makes.
   *
   * @param owner the project that has asked for the task
   */
  public static ImageCaption of(TaskInput input, String owner) {
    if (input instanceof TaskInput.Import in) {
      return new ImageCaption(name(in.imageProperties()), in.importFromFormat(), owner, null);
    }
    if (input instanceof TaskInput.Clone clone) {
      return new ImageCaption(name(clone.imageProperties()), null, owner, null);
    }
    return new ImageCaption(null, null, owner, null);
  }

  private static @Nullable String name(Map<String, @Nullable Object> properties) {
    return properties.get("name") instanceof String name ? name : null;
  }

  /** In a line: {@code `web-server`, image <id> (`raw`, 1048576 bytes, of `acme`)}. */
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
      about.add(code(format, FORMAT_BYTES));
    }
    if (size != null) {
      about.add(size + " bytes");
    }
    if (owner != null) {
      about.add("of " + code(owner, NAME_BYTES));
    }
    return (name == null ? which : code(name, NAME_BYTES) + ", " + which) + about;
  }

  /** A URL or the like in such a line. */
  public static String place(String shown) {
    return code(shown, PLACE_BYTES);
  }

  private static String code(String text, int bytes) {
    return Markdown.code(Excerpt.of(Printable.escape(text), bytes));
  }
}
