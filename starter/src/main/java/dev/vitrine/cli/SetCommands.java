package dev.vitrine.cli;

import dev.vitrine.backend.Replies;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.Visibility;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.ImageChanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine image set} and {@code unset}: all of what is asked, or nothing. */
final class SetCommands {

  private SetCommands() {}

  /** {@code vitrine image set}. */
  @Command(name = "set", description = "Change what is said of an image: all of it or nothing.")
  static final class Setting implements Callable<Integer> {

    private final Vitrine vitrine;

    @Parameters(paramLabel = "ID", description = "The image's id.")
    private UUID id = new UUID(0, 0);

    @Option(names = "--name", paramLabel = "NAME", description = "Its new name.")
    private @Nullable String name;

    @Option(names = "--disk-format", paramLabel = "FORMAT", description = "While it is queued.")
    private @Nullable String diskFormat;

    @Option(
        names = "--container-format",
        paramLabel = "FORMAT",
        description = "While it is queued.")
    private @Nullable String containerFormat;

    @Option(names = "--min-disk", paramLabel = "GIB", description = "GiB of disk to boot it.")
    private @Nullable Integer minDisk;

    @Option(names = "--min-ram", paramLabel = "MIB", description = "MiB of memory to boot it.")
    private @Nullable Integer minRam;

    @Option(
        names = {"--owner", "--project"},
        paramLabel = "PROJECT",
        description = "The project that is to own it; takes an admin.")
    private @Nullable String owner;

    @ArgGroup private VisibilityOptions visibility = new VisibilityOptions();

    @Option(names = "--protected", description = "Refuse to delete it.")
    private boolean isProtected;

    @Option(names = "--unprotected", description = "Allow to delete it.")
    private boolean unprotected;

    @Option(names = "--hidden", description = "Leave it out of default lists.")
    private boolean hidden;

    @Option(names = "--unhidden", description = "Show it in default lists.")
    private boolean unhidden;

    @Option(
        names = "--property",
        paramLabel = "KEY=VALUE",
        description = "A property, new or changed; may be repeated.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(names = "--tag", paramLabel = "TAG", description = "One more tag; may be repeated.")
    private List<String> tags = new ArrayList<>();

    Setting(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      ImageChanges patch = patch();
      if (patch.isEmpty() && tags.isEmpty()) {
        throw new Invalid("nothing to set is given; see --help");
      }
      return vitrine.withApi(api -> set(api, patch));
    }

    private ExitCode set(ImageApi api, ImageChanges patch) {
      if (!tags.isEmpty()) {
        Set<String> all = new LinkedHashSet<>(api.images().show(id).tags());
        all.addAll(tags);
        patch.replace("tags", List.copyOf(all));
      }
      vitrine.output().print(Replies.of(api.images().change(id, patch)));
      return ExitCode.OK;
    }

    private ImageChanges patch() {
      ImageChanges patch = new ImageChanges();
      replace(patch, "name", name);
      replace(patch, "disk_format", diskFormat);
      replace(patch, "container_format", containerFormat);
      replace(patch, "min_disk", minDisk);
      replace(patch, "min_ram", minRam);
      replace(patch, "owner", owner);
      Visibility given = visibility.visibility();
      replace(patch, "visibility", given == null ? null : given.wireName());
      replace(patch, "protected", either("protected", isProtected, unprotected));
      replace(patch, "os_hidden", either("hidden", hidden, unhidden));
      properties.forEach(patch::add);
      return patch;
    }

    private static void replace(ImageChanges patch, String field, @Nullable Object value) {
      if (value != null) {
        patch.replace(field, value);
      }
    }

    private static @Nullable Boolean either(String name, boolean yes, boolean no) {
      if (yes && no) {
        throw new Invalid("--%s and --un%s: give one of them".formatted(name, name));
      }
      return (yes || no) ? yes : null;
    }
  }

  /** {@code vitrine image unset}. */
  @Command(name = "unset", description = "Remove properties and tags of an image: all or none.")
  static final class Unset implements Callable<Integer> {

    private final Vitrine vitrine;

    @Parameters(paramLabel = "ID", description = "The image's id.")
    private UUID id = new UUID(0, 0);

    @Option(
        names = "--property",
        paramLabel = "KEY",
        description = "A property to remove; may be repeated.")
    private List<String> properties = new ArrayList<>();

    @Option(names = "--tag", paramLabel = "TAG", description = "A tag to remove; repeatable.")
    private List<String> tags = new ArrayList<>();

    Unset(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      if (properties.isEmpty() && tags.isEmpty()) {
        throw new Invalid("nothing to remove is given: --property KEY, --tag TAG");
      }
      return vitrine.withApi(this::unset);
    }

    private ExitCode unset(ImageApi api) {
      ImageChanges patch = new ImageChanges();
      properties.forEach(patch::remove);
      if (!tags.isEmpty()) {
        Set<String> left = new LinkedHashSet<>(api.images().show(id).tags());
        for (String tag : tags) {
          if (!left.remove(tag)) {
            throw new NotFound("image %s has no tag '%s'".formatted(id, tag));
          }
        }
        patch.replace("tags", List.copyOf(left));
      }
      vitrine.output().print(Replies.of(api.images().change(id, patch)));
      return ExitCode.OK;
    }
  }
}
