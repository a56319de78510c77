package dev.vitrine.cli;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.StatusChange;
import dev.vitrine.terminal.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine audit}. */
@Command(
    name = "audit",
    description = "See who did what to which image and when.",
    synopsisSubcommandLabel = "COMMAND")
final class AuditCommands {

  /** {@code vitrine audit list}. */
  @Command(
      name = "list",
      description = {
        "List the changes of images' and tasks' statuses, the newest first.",
        "Vitrine's own servers have it; who is no admin sees what happened to their project's own."
      })
  static final class Listing implements Callable<Integer> {

    private final Vitrine vitrine;

    @Option(names = "--image", paramLabel = "ID", description = "Only of this image.")
    private @Nullable UUID image;

    @Option(names = "--task", paramLabel = "ID", description = "Only of this task.")
    private @Nullable UUID task;

    @Option(names = "--user", paramLabel = "USER", description = "Only on behalf of this user.")
    private @Nullable String user;

    @Option(
        names = "--project",
        paramLabel = "PROJECT",
        description = "Only on behalf of somebody of this project.")
    private @Nullable String project;

    @Option(
        names = "--event",
        paramLabel = "EVENT",
        description = "Only this event, for example 'upload succeeded'.")
    private @Nullable String event;

    @Option(names = "--since", paramLabel = "TIME", description = "From this time on.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
    private @Nullable String until;

    @Option(names = "--marker", paramLabel = "ID", description = "Begin after this change.")
    private @Nullable Long marker;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "100",
        description = "At most so many; default: ${DEFAULT-VALUE}.")
    private int limit;

    Listing(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      if (limit < 1) {
        throw new Invalid("--limit %d: give a number, 1 or more".formatted(limit));
      }
      return vitrine.withApi(this::list);
    }

    private ExitCode list(ImageApi api) {
      List<StatusChange> changes =
          api.audit().list(filter(), Math.min(limit, 200)).limit(limit).toList();
      Table table =
          new Table(List.of("At", "User", "Project", "Subject", "Event", "To"), 4, Set.of());
      for (StatusChange change : changes) {
        table.row(
            change.at(),
            change.user(),
            change.project(),
            change.subject(),
            change.event(),
            change.to());
      }
      vitrine.printList("audit", changes.stream().map(StatusChange::document).toList(), table);
      return ExitCode.OK;
    }

    private Map<String, String> filter() {
      Map<String, String> filter = new LinkedHashMap<>();
      put(filter, "image_id", image);
      put(filter, "task_id", task);
      put(filter, "user", user);
      put(filter, "project", project);
      put(filter, "event", event);
      put(filter, "since", since);
      put(filter, "until", until);
      put(filter, "marker", marker);
      return filter;
    }

    private static void put(Map<String, String> filter, String name, @Nullable Object value) {
      if (value != null) {
        filter.put(name, value.toString());
      }
    }
  }
}
