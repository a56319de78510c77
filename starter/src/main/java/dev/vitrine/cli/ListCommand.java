package dev.vitrine.cli;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.Visibility;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteImage;
import dev.vitrine.remote.RemoteImageFilter;
import dev.vitrine.terminal.HumanSizes;
import dev.vitrine.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine image list}. */
@Command(name = "list", description = "List images, the newest first.")
final class ListCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Option(names = "--name", paramLabel = "NAME", description = "Only images of this name.")
  private @Nullable String name;

  @Option(names = "--status", paramLabel = "STATUS", description = "Only images of this status.")
  private @Nullable String status;

  @ArgGroup private VisibilityOptions visibility = new VisibilityOptions();

  @Option(names = "--all", description = "Images of every visibility, also community ones.")
  private boolean all;

  @Option(names = "--owner", paramLabel = "PROJECT", description = "Only images of this project.")
  private @Nullable String owner;

  @Option(names = "--tag", paramLabel = "TAG", description = "Only with this tag; repeatable.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "Only with this property, or other parameter of the API; repeatable.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--member-status",
      paramLabel = "STATUS",
      description = "Of images shared with you: pending, accepted, rejected or all.")
  private @Nullable String memberStatus;

  @Option(names = "--hidden", description = "Only images that default lists leave out.")
  private boolean hidden;

  @Option(names = "--protected", description = "Only images that can't be deleted.")
  private boolean isProtected;

  @Option(
      names = "--sort",
      paramLabel = "KEY[:asc|:desc],...",
      description = "For example name:asc,size:desc; default: created_at:desc.")
  private @Nullable String sort;

  @Option(names = "--marker", paramLabel = "ID", description = "Begin after this image.")
  private @Nullable UUID marker;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many; default: all.")
  private @Nullable Integer limit;

  @Option(
      names = "--page-size",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many to ask for at once; default: ${DEFAULT-VALUE}.")
  private int pageSize;

  ListCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() {
    if (pageSize < 1 || (limit != null && limit < 1)) {
      throw new Invalid("--limit and --page-size: give a number, 1 or more");
    }
    return vitrine.withApi(this::list);
  }

  private ExitCode list(ImageApi api) {
    int most = limit == null ? Integer.MAX_VALUE : limit;
    List<RemoteImage> images =
        api.images().list(filter(), Math.min(pageSize, most)).limit(most).toList();
    Table table = new Table(List.of("ID", "Name", "Status", "Size", "Visibility"), 1, Set.of(3));
    for (RemoteImage image : images) {
      Long size = image.size();
      table.row(
          image.id(),
          image.name(),
          image.status(),
          size == null ? null : HumanSizes.bytes(size),
          image.visibility());
    }
    vitrine.printList("images", images.stream().map(RemoteImage::document).toList(), table);
    return ExitCode.OK;
  }

  private RemoteImageFilter filter() {
    Visibility given = visibility.visibility();
    if (all && given != null) {
      throw new Invalid("--all and --%s: give one of them".formatted(given));
    }
    RemoteImageFilter filter = RemoteImageFilter.NONE;
    filter = with(filter, "name", name);
    filter = with(filter, "status", status);
    filter = with(filter, "visibility", all ? "all" : given);
    filter = with(filter, "owner", owner);
    filter = with(filter, "member_status", memberStatus);
    filter = with(filter, "os_hidden", hidden ? true : null);
    filter = with(filter, "protected", isProtected ? true : null);
    filter = with(filter, "sort", sort);
    filter = with(filter, "marker", marker);
    for (String tag : tags) {
      filter = filter.with("tag", tag);
    }
    for (Map.Entry<String, String> property : properties.entrySet()) {
      filter = filter.with(property.getKey(), property.getValue());
    }
    return filter;
  }

  private static RemoteImageFilter with(
      RemoteImageFilter filter, String name, @Nullable Object value) {
    return value == null ? filter : filter.with(name, value.toString());
  }
}
