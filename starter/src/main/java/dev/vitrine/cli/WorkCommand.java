package dev.vitrine.cli;

import dev.vitrine.backend.Backend;
import dev.vitrine.backend.RunningWork;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command on work that goes on by itself, whoever watches it: a task, an upload. */
abstract class WorkCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Mixin private RequesterOptions requester = new RequesterOptions();

  WorkCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  /** Finds the work, or starts it. */
  abstract RunningWork work(Backend backend);

  /** What is done with it. */
  abstract ExitCode run(WorkWatch watch, RunningWork work);

  @Override
  public final Integer call() {
    return vitrine
        .withBackend(requester, backend -> run(new WorkWatch(vitrine), work(backend)))
        .code();
  }
}
