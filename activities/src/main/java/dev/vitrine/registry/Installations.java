package dev.vitrine.registry;

import java.time.Duration;

/** Which installation the registry is of, and where its work runs. */
public interface Installations {

  /** Which installation this is, and where its work runs. */
  InstallationRecord get();

  /**
   * Records where the installation's work runs, unless a place is recorded; returns what is
   * recorded now.
   */
  InstallationRecord settleAt(Home home);

  /**
   * Records another place. What the old one knows of is lost to this registry from now on: the next
   * reconciliation settles it.
   */
  InstallationRecord moveTo(Home home);

  /**
   * Notes that no work is left on the task queues of former releases, if none can be: nothing is
   * unfinished that began while such a release may still have run.
   *
   * @param atLeast how long such processes may go on after the installation was made
   */
  InstallationRecord endFormerWork(Duration atLeast);
}
