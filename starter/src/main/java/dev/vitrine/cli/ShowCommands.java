package dev.vitrine.cli;

import dev.vitrine.backend.Replies;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteTask;
import dev.vitrine.remote.StatusChange;
import dev.vitrine.terminal.Table;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is only looked at: an image, its history, the tasks. */
final class ShowCommands {

  private ShowCommands() {}

  /** {@code vitrine image show}. */
  @Command(name = "show", description = "Show an image.")
  static final class Image extends ImageCall {

    Image(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    void call(Vitrine vitrine, ImageApi api, UUID id) {
      vitrine.output().print(Replies.of(api.images().show(id)));
    }
  }

  /** {@code vitrine image history}. */
  @Command(
      name = "history",
      description = "Show how an image's status changed, and why; Vitrine's own servers have it.")
  static final class History extends ImageCall {

    History(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    void call(Vitrine vitrine, ImageApi api, UUID id) {
      List<StatusChange> changes = api.images().history(id);
      Table table = new Table(List.of("At", "From", "To", "Event", "Cause"), 4, Set.of());
      for (StatusChange change : changes) {
        table.row(change.at(), change.from(), change.to(), change.event(), change.cause());
      }
      vitrine.printList("history", changes.stream().map(StatusChange::document).toList(), table);
    }
  }

  /** {@code vitrine task list}. */
  @Command(
      name = "list",
      description = "List the tasks of an image API that have not expired, the newest first.")
  static final class Tasks implements Callable<Integer> {

    private final Vitrine vitrine;

    @Option(names = "--image", paramLabel = "ID", description = "Only those about this image.")
    private @Nullable UUID imageId;

    Tasks(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      return vitrine.withApi(
          api -> {
            List<RemoteTask> tasks =
                imageId == null ? api.tasks().list(200).toList() : api.tasks().ofImage(imageId);
            Table table =
                new Table(List.of("ID", "Type", "Status", "Created", "Owner"), 4, Set.of());
            for (RemoteTask task : tasks) {
              table.row(task.id(), task.type(), task.status(), task.createdAt(), task.owner());
            }
            vitrine.printList("tasks", tasks.stream().map(RemoteTask::document).toList(), table);
            return ExitCode.OK;
          });
    }
  }
}
