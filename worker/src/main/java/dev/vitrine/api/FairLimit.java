package dev.vitrine.api;

import java.util.HashMap;
import java.util.Map;

/** Places that everybody together has so many of, and each by itself no more than its share. */
final class FairLimit {

  /** What became of the wish for a place. */
  enum Place {
    TAKEN,
    NONE_LEFT,
    SHARE_USED_UP
  }

  private final int all;
  private final int each;
  private final Map<String, Integer> taken = new HashMap<>();
  private int takenByAll;

  /**
   * @param all places
   * @param each one's at most
   */
  FairLimit(int all, int each) {
    this.all = all;
    this.each = each;
  }

  /** Takes a place, if there is one. */
  synchronized Place take(String who) {
    int own = taken.getOrDefault(who, 0);
    if (own >= each) {
      return Place.SHARE_USED_UP;
    }
    if (takenByAll >= all) {
      return Place.NONE_LEFT;
    }
    takenByAll++;
    taken.put(who, own + 1);
    return Place.TAKEN;
  }

  /** Gives one back. */
  synchronized void give(String who) {
    takenByAll--;
    taken.computeIfPresent(who, (same, own) -> own > 1 ? own - 1 : null);
  }

  /** How many have a place. */
  synchronized int holders() {
    return taken.size();
  }
}
