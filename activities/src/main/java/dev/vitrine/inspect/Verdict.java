package dev.vitrine.inspect;

import org.jspecify.annotations.Nullable;

/** What came of an inspection. */
public sealed interface Verdict {

  /**
   * The data is what it was declared to be.
   *
   * @param virtualSize bytes of the disk it describes; null if nothing tells
   */
  record Accepted(@Nullable Long virtualSize) implements Verdict {}

  /**
   * It is something else, or nothing that anybody should open.
   *
   * @param reason what was declared, what was found and what to do, to follow "image ...: "
   */
  record Refused(String reason) implements Verdict {}
}
