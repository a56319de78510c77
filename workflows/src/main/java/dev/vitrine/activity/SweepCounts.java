package dev.vitrine.activity;

import dev.vitrine.json.Wire;

/**
 * How much was looked at, and found.
 *
 * @param locations places that rows know of
 * @param keys that stores have, finished and unfinished
 * @param bytesRead of data that was compared with its digests
 * @param wrong as {@link SweepFinding.Kind}, as those that follow
 * @param repaired how many of all of these were put right
 */
@Wire
public record SweepCounts(
    long locations,
    long keys,
    long bytesRead,
    long wrong,
    long missing,
    long unread,
    long orphans,
    long repaired) {

  /** Nothing yet. */
  public static final SweepCounts NONE = new SweepCounts(0, 0, 0, 0, 0, 0, 0, 0);

  public SweepCounts plus(SweepCounts more) {
    return new SweepCounts(
        locations + more.locations,
        keys + more.keys,
        bytesRead + more.bytesRead,
        wrong + more.wrong,
        missing + more.missing,
        unread + more.unread,
        orphans + more.orphans,
        repaired + more.repaired);
  }

  /** With a further finding. */
  public SweepCounts plus(SweepFinding finding) {
    SweepCounts one =
        switch (finding.kind()) {
          case WRONG -> new SweepCounts(0, 0, 0, 1, 0, 0, 0, 0);
          case MISSING -> new SweepCounts(0, 0, 0, 0, 1, 0, 0, 0);
          case UNREAD -> new SweepCounts(0, 0, 0, 0, 0, 1, 0, 0);
          case ORPHAN -> new SweepCounts(0, 0, 0, 0, 0, 0, 1, 0);
        };
    return plus(one).plus(new SweepCounts(0, 0, 0, 0, 0, 0, 0, finding.repaired() ? 1 : 0));
  }

  /** With a further place of which so many bytes were read. */
  public SweepCounts plusLocation(long bytes) {
    return plus(new SweepCounts(1, 0, bytes, 0, 0, 0, 0, 0));
  }

  /** With further keys. */
  public SweepCounts plusKeys(long more) {
    return plus(new SweepCounts(0, more, 0, 0, 0, 0, 0, 0));
  }

  /** How many there were of all kinds. */
  public long found() {
    return wrong + missing + unread + orphans;
  }
}
