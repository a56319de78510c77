package dev.vitrine.worker;

import dev.vitrine.activity.Finding;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.InstallationRecord;
import dev.vitrine.registry.Registry;
import dev.vitrine.workflow.InstallationId;
import org.jspecify.annotations.Nullable;

/**
 * That an installation's work runs elsewhere from now on.
 *
 * @param from where it ran; null if it never ran
 * @param to where it runs
 * @param under what is under way by the registry, at most {@link #COUNTED} of each: the new place
 *     knows no workflow of it, so that the first reconciliation there settles it
 */
public record InstallationMove(
    InstallationId installation, @Nullable Home from, Home to, UnderWay under) {

  private static final int COUNTED = 1000;

  /** How much is under way, of each kind. */
  public record UnderWay(int uploads, int tasks, int deletions) {}

  /** Changes what the registry records; a second time changes nothing. */
  static InstallationMove make(Registry registry, Home to) {
    InstallationRecord before = registry.installations().get();
    UnderWay under =
        new UnderWay(
            count(registry, Finding.Kind.ABANDONED_UPLOAD)
                + count(registry, Finding.Kind.ABANDONED_STAGE)
                + count(registry, Finding.Kind.ABANDONED_IMPORT),
            count(registry, Finding.Kind.ABANDONED_TASK),
            count(registry, Finding.Kind.UNFINISHED_DELETION));
    registry.installations().moveTo(to);
    return new InstallationMove(before.id(), before.home(), to, under);
  }

  /** For whoever asked for it. */
  public String display() {
    if (from != null && from.equals(to)) {
      return "installation %s runs in %s already; nothing was changed"
          .formatted(installation, to.display());
    }
    return """
    installation %s runs in %s from now on; it ran %s.
    No process may go on with it there. What was under way (uploads: %s, tasks: %s, deletions: %s) is \
    settled when a worker starts here: uploads end by their policy, tasks fail, deletions are taken up again.\
    """
        .formatted(
            installation,
            to.display(),
            from == null ? "nowhere yet" : "in " + from.display(),
            count(under.uploads()),
            count(under.tasks()),
            count(under.deletions()));
  }

  private static int count(Registry registry, Finding.Kind kind) {
    return registry.backlog().page(kind, null, COUNTED).size();
  }

  private static String count(int seen) {
    return seen == COUNTED ? COUNTED + " or more" : Integer.toString(seen);
  }
}
