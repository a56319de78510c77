package dev.vitrine.registry;

import dev.vitrine.listing.AuditEntry;
import java.util.List;

/** The history as a stream of events, which anybody reads from where they have got to. */
public interface StatusEvents {

  /**
   * The last change up to which everything is settled; 0 if there is none.
   *
   * @throws dev.vitrine.error.VitrineException.Unavailable if that is not known within a moment
   */
  long last();

  /**
   * What follows a change, oldest first; of one image or task in the order in which it happened.
   * Nothing is passed over: while a transaction that began earlier may still bring an earlier
   * change, no later one is returned.
   *
   * @return empty if nothing follows, or what follows is not settled yet
   */
  List<AuditEntry> after(long change, int limit);
}
