package dev.vitrine.database;

/**
 * A compare-and-set found the row changed since it was read: the transaction is run again from its
 * beginning. Nobody outside sees it.
 */
public final class LostRace extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The race was lost for that reason. */
  public LostRace(String message) {
    super(message, null, false, false);
  }
}
