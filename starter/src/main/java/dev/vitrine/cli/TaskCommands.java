package dev.vitrine.cli;

import dev.vitrine.client.VitrineClient;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.process.TaskHandle;
import dev.vitrine.task.Progress;
import dev.vitrine.task.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vitrine task}. */
@Command(
    name = "task",
    description = "Run, show, watch or cancel tasks.",
    synopsisSubcommandLabel = "COMMAND")
final class TaskCommands {

  /** A task in lines, as people read it. */
  static Map<String, @Nullable Object> lines(Task task) {
    Map<String, @Nullable Object> lines = new LinkedHashMap<>();
    lines.put("task", task.id());
    lines.put("type", task.type());
    lines.put("status", task.status());
    lines.put("owner", task.owner());
    lines.put("image", task.imageId());
    Map<String, Object> result = task.result();
    if (result != null) {
      result.forEach((name, value) -> lines.put("result." + name, value));
    }
    lines.put("message", task.message());
    Progress progress = task.progress();
    if (progress != null && !task.status().isFinal()) {
      Integer percent = progress.percent();
      lines.put(
          "progress",
          "%s %s%s"
              .formatted(
                  progress.step(),
                  Sizes.bytes(progress.bytes()),
                  percent == null ? "" : " (%d%%)".formatted(percent)));
    }
    lines.put("expires", task.expiresAt());
    return lines;
  }

  /** {@code vitrine task run}. */
  @Command(name = "run", description = "Run a task.", synopsisSubcommandLabel = "TYPE")
  static final class Run {}

  /** {@code vitrine task show}. */
  @Command(name = "show", description = "Show a task, as long as it has not expired.")
  static final class Show implements Callable<Integer> {

    private final Vitrine vitrine;

    @Parameters(paramLabel = "ID", description = "The task's id.")
    private UUID id = new UUID(0, 0);

    @Mixin private RequesterOptions requester = new RequesterOptions();

    Show(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      return vitrine
          .withClient(
              client -> {
                Task shown = find(client);
                vitrine.output().print(shown, lines(shown));
                return ExitCode.OK;
              })
          .code();
    }

    /** Its execution knows it best; once Temporal has forgotten that, the registry does. */
    private Task find(VitrineClient client) {
      TaskHandle handle = client.task(id);
      try {
        return withProgress(handle.show(), handle);
      } catch (NotFound forgotten) {
        return client.findTask(id, requester.requester(vitrine.shell()));
      }
    }

    /** The workflow knows no progress; the server has it from the heartbeats. */
    private static Task withProgress(Task task, TaskHandle handle) {
      Optional<Progress> progress = task.status().isFinal() ? Optional.empty() : handle.progress();
      return progress.isEmpty()
          ? task
          : new Task(
              task.id(),
              task.type(),
              task.status(),
              task.input(),
              task.result(),
              task.message(),
              task.owner(),
              task.userId(),
              task.imageId(),
              progress.get(),
              task.createdAt(),
              task.updatedAt(),
              task.expiresAt(),
              task.version());
    }
  }

  /** {@code vitrine task watch}. */
  @Command(
      name = "watch",
      description = {
        "Watch a task to its end.",
        "Of one that has ended, say how, as long as Temporal keeps it."
      })
  static final class Watch implements Callable<Integer> {

    private final Vitrine vitrine;

    @Parameters(paramLabel = "ID", description = "The task's id.")
    private UUID id = new UUID(0, 0);

    @Mixin private RequesterOptions requester = new RequesterOptions();

    Watch(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      return vitrine
          .withClient(
              client -> {
                TaskHandle task = client.task(id);
                String begin = task.hasEnded() ? "has ended" : "under way";
                return new TaskWatch(vitrine, requester).follow(task, begin);
              })
          .code();
    }
  }

  /** {@code vitrine task cancel}. */
  @Command(
      name = "cancel",
      description = {
        "Ask a task to stop; it ends in failure.",
        "Without effect on a task that has ended."
      })
  static final class Cancel implements Callable<Integer> {

    private final Vitrine vitrine;

    @Parameters(paramLabel = "ID", description = "The task's id.")
    private UUID id = new UUID(0, 0);

    @Mixin private RequesterOptions requester = new RequesterOptions();

    Cancel(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      return vitrine
          .withClient(
              client -> {
                TaskHandle task = client.task(id);
                boolean ended = task.hasEnded();
                task.cancel(requester.requester(vitrine.shell()));
                Map<String, Object> asked = new LinkedHashMap<>();
                asked.put("task_id", id);
                asked.put("cancel", ended ? "without effect: it has ended" : "requested");
                vitrine.output().print(asked, asked);
                return ExitCode.OK;
              })
          .code();
    }
  }
}
