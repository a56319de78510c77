package dev.vitrine.store;

/**
 * A store that makes a copy of its own data without any process reading it. The copy has a key of
 * its own, and is the same data for as long as that has it, whatever becomes of the first key.
 */
public interface SupportsCopy extends WritableStore {

  /**
   * Publishes under one key what is published under another, as {@link StoreWriter#publish} would:
   * whole or not at all, and durable. Unfinished data under the new key is given up. {@code
   * NotFound} if there is nothing to copy; {@code Conflict} if the new key is published.
   *
   * @return whether it was done; if not, it can't be done so here, and nothing has changed
   */
  boolean copy(String from, String to);
}
