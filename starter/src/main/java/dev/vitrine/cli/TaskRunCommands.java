package dev.vitrine.cli;

import dev.vitrine.backend.Backend;
import dev.vitrine.backend.RunningWork;
import dev.vitrine.backend.SourceArgument;
import dev.vitrine.task.TaskInput;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine task run import}, {@code export} and {@code clone}. */
final class TaskRunCommands {

  private TaskRunCommands() {}

  /** What every task run takes, and how it is run. */
  abstract static class TaskRun extends WorkCommand {

    @Option(names = "--id", paramLabel = "UUID", description = "The task's id; default: a new one.")
    private @Nullable UUID taskId;

    @Option(names = "--no-wait", description = "Return as soon as the task has started.")
    private boolean noWait;

    TaskRun(Vitrine vitrine) {
      super(vitrine);
    }

    abstract TaskInput input();

    @Override
    final RunningWork work(Backend backend) {
      return backend.startTask(taskId, input());
    }

    @Override
    final ExitCode run(WorkWatch watch, RunningWork work) {
      return watch.started(work, noWait);
    }
  }

  /** {@code vitrine task run import}. */
  @Command(
      name = "import",
      description = {
        "Make an image of data at a URL.",
        "A FILE is read by the worker: it must see the same path, and its directory must be one of"
            + " the worker's source roots."
      })
  static final class Import extends TaskRun {

    @Option(
        names = "--from",
        paramLabel = "FILE|URL",
        required = true,
        description = "A file, or an http, https or file URL.")
    private String from = "";

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "raw",
        description = "The disk format of the data; default: ${DEFAULT-VALUE}.")
    private String format = "raw";

    @Mixin private PropertyOptions properties = new PropertyOptions();

    Import(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    TaskInput input() {
      return new TaskInput.Import(SourceArgument.toReadableUrl(from), format, properties.asInput());
    }
  }

  /** {@code vitrine task run export}. */
  @Command(
      name = "export",
      description = {
        "Write an image's data to a file.",
        "It is the worker that writes it, below one of its export roots; nothing may exist there."
      })
  static final class Export extends TaskRun {

    @Parameters(paramLabel = "IMAGE_ID", description = "The image's id.")
    private UUID imageId = new UUID(0, 0);

    @Option(
        names = "--to",
        paramLabel = "FILE|URL",
        required = true,
        description = "A file, or a file or s3 URL.")
    private String to = "";

    Export(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    TaskInput input() {
      return new TaskInput.Export(imageId, SourceArgument.toUrl(to));
    }
  }

  /** {@code vitrine task run clone}. */
  @Command(name = "clone", description = "Make an image with another one's data and properties.")
  static final class Clone extends TaskRun {

    @Parameters(paramLabel = "IMAGE_ID", description = "The id of the image to clone.")
    private UUID imageId = new UUID(0, 0);

    @Mixin private PropertyOptions properties = new PropertyOptions();

    Clone(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    TaskInput input() {
      return new TaskInput.Clone(imageId, properties.asInput());
    }
  }
}
