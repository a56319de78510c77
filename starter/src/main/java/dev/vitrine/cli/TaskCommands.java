package dev.vitrine.cli;

import dev.vitrine.backend.Backend;
import dev.vitrine.backend.RunningWork;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine task}. */
@Command(
    name = "task",
    description = "Run, show, watch, retry or cancel tasks.",
    synopsisSubcommandLabel = "COMMAND")
final class TaskCommands {

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
          .withBackend(
              requester,
              backend -> {
                vitrine.output().print(backend.showTask(id));
                return ExitCode.OK;
              })
          .code();
    }
  }

  /** What is done with a task that exists. */
  abstract static class OnTask extends WorkCommand {

    @Parameters(paramLabel = "ID", description = "The task's id.")
    private UUID id = new UUID(0, 0);

    OnTask(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    final RunningWork work(Backend backend) {
      return backend.task(id);
    }

    final UUID id() {
      return id;
    }
  }

  /** {@code vitrine task watch}. */
  @Command(
      name = "watch",
      description = {
        "Watch a task to its end.",
        "Of one that has ended, say how, as long as Temporal keeps it."
      })
  static final class Watch extends OnTask {

    Watch(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    ExitCode run(WorkWatch watch, RunningWork work) {
      return watch.watch(work);
    }
  }

  /** {@code vitrine task retry}. */
  @Command(
      name = "retry",
      description = {
        "Start another task that does again what one that failed did.",
        "The new one names the failed one as retry_of."
      })
  static final class Retry extends WorkCommand {

    @Parameters(paramLabel = "ID", description = "The id of the task that failed.")
    private UUID id = new UUID(0, 0);

    @Option(names = "--no-wait", description = "Return as soon as the task has started.")
    private boolean noWait;

    Retry(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    RunningWork work(Backend backend) {
      return backend.retryTask(id);
    }

    @Override
    ExitCode run(WorkWatch watch, RunningWork work) {
      return watch.started(work, noWait);
    }
  }

  /** {@code vitrine task cancel}. */
  @Command(
      name = "cancel",
      description = {
        "Ask a task to stop; it ends in failure.",
        "Without effect on a task that has ended."
      })
  static final class Cancel extends OnTask {

    Cancel(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    ExitCode run(WorkWatch watch, RunningWork work) {
      return watch.cancel(work, "task_id", id());
    }
  }
}
