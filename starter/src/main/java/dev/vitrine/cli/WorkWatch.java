package dev.vitrine.cli;

import dev.vitrine.backend.Reply;
import dev.vitrine.backend.RunningWork;
import dev.vitrine.backend.RunningWork.Ending;
import dev.vitrine.backend.RunningWork.Failure;
import dev.vitrine.terminal.ProgressDisplay;
import dev.vitrine.terminal.ProgressWait;

/** Watches something to its end, and says how it ended. */
record WorkWatch(Vitrine vitrine) {

  /**
   * Follows it.
   *
   * @param beginning what is said at first
   */
  ExitCode follow(RunningWork followed, String beginning) {
    ProgressDisplay display = vitrine.progressOf(followed.what());
    display.status(beginning);
    Ending ending =
        new ProgressWait(display, vitrine.shell().poll())
            .forResult(followed::await, followed::state, followed.leave());
    display.status(ending.status());
    vitrine.output().print(ending.reply());
    Failure failure = ending.failure();
    return failure == null ? ExitCode.OK : vitrine.failed(failure.kind(), failure.message());
  }

  /** Follows it unless nobody wants to wait. */
  ExitCode started(RunningWork followed, boolean noWait) {
    if (noWait) {
      vitrine.output().print(followed.started());
      return ExitCode.OK;
    }
    return follow(followed, "started");
  }

  /** Follows something that somebody else started. */
  ExitCode watch(RunningWork followed) {
    return follow(followed, followed.hasEnded() ? "has ended" : "under way");
  }

  /** Asks it to stop. */
  ExitCode cancel(RunningWork followed, String idName, Object id) {
    boolean ended = followed.hasEnded();
    followed.cancel();
    vitrine
        .output()
        .print(
            Reply.of(idName, id, "cancel", ended ? "without effect: it has ended" : "requested"));
    return ExitCode.OK;
  }
}
