package dev.vitrine.cli;

import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is said of a new image. */
final class ImageOptions {

  @Option(names = "--id", paramLabel = "UUID", description = "The image's id; default: a new one.")
  private @Nullable UUID id;

  @Option(names = "--name", paramLabel = "NAME", description = "The image's name.")
  private @Nullable String name;

  @Option(
      names = "--disk-format",
      paramLabel = "FORMAT",
      defaultValue = "raw",
      description = "For example raw or qcow2; default: ${DEFAULT-VALUE}.")
  private String diskFormat = "raw";

  @Option(
      names = "--container-format",
      paramLabel = "FORMAT",
      defaultValue = "bare",
      description = "For example bare or ova; default: ${DEFAULT-VALUE}.")
  private String containerFormat = "bare";

  @ArgGroup private VisibilityOptions visibility = new VisibilityOptions();

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "A free property; may be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(names = "--tag", paramLabel = "TAG", description = "A tag; may be repeated.")
  private List<String> tags = new ArrayList<>();

  @Option(names = "--protected", description = "Refuse to delete the image.")
  private boolean isProtected;

  @Option(names = "--hidden", description = "Leave the image out of default lists.")
  private boolean hidden;

  @Option(names = "--min-disk", paramLabel = "GIB", description = "GiB of disk it needs to boot.")
  private int minDisk;

  @Option(names = "--min-ram", paramLabel = "MIB", description = "MiB of memory it needs to boot.")
  private int minRam;

  @Nullable UUID id() {
    return id;
  }

  @Nullable String name() {
    return name;
  }

  /**
   * The image to register.
   *
   * @param defaultName its name if none was given
   * @param size null, or 0 for an image without data
   */
  NewImage newImage(UUID id, @Nullable String defaultName, @Nullable Long size, String owner) {
    Visibility given = visibility.visibility();
    NewImage image =
        new NewImage(
            id,
            name == null ? defaultName : name,
            size,
            diskFormat,
            containerFormat,
            minDisk,
            minRam,
            given == null ? Visibility.SHARED : given,
            isProtected,
            hidden,
            owner,
            properties,
            tags);
    // Before anything is connected to: it is an argument that is wrong.
    image.requireValid();
    return image;
  }
}
