package dev.vitrine.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that says which keys it has: page by page, each in memory of its own size, however many
 * keys there are. What has no key's name is not the store's, and is passed over.
 *
 * <p>What is there from the first page to the last is given once; what comes or goes meanwhile may
 * be given or not.
 */
public interface SupportsListing extends Store {

  /** Keys of a page, at most. */
  int MOST = 1_000;

  /**
   * What lies under a key.
   *
   * @param size bytes of it; 0 for unfinished data whose store does not say
   * @param since when it was last written, or begun
   */
  record Listed(String key, long size, Instant since) {}

  /**
   * A page.
   *
   * @param keys in their order, perhaps none
   * @param next what the next page is asked for with; null if this is the last one
   */
  record Page(List<Listed> keys, @Nullable String next) {

    public Page {
      keys = List.copyOf(keys);
    }
  }

  /**
   * What is published.
   *
   * @param after {@link Page#next} of the page before; null for the first one
   * @param most keys of the page, from 1 to {@value #MOST}
   */
  Page list(@Nullable String after, int most);

  /**
   * What is unfinished, by at most {@value #MOST} keys.
   *
   * @param after {@link Page#next} of the page before; null for the first one
   */
  Page listUnfinished(@Nullable String after);
}
