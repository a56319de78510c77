package dev.vitrine.store.file;

import dev.vitrine.store.SupportsListing.Listed;
import dev.vitrine.store.SupportsListing.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What several places have after the same key, as one page. */
final class MergedPages {

  private MergedPages() {}

  /**
   * A page of the keys that come first in all of them.
   *
   * @param pages each asked for with the same key, in the order in which a key of two counts
   * @param most keys of the page, as many as each of them may have
   */
  static Page of(List<Page> pages, int most) {
    String end = end(pages);
    TreeMap<String, Listed> keys = new TreeMap<>();
    for (Page page : pages) {
      page.keys().forEach(each -> keys.putIfAbsent(each.key(), each));
    }
    List<Listed> first = new ArrayList<>();
    for (Listed each : keys.values()) {
      if (end != null && each.key().compareTo(end) > 0) {
        // Before it, another place may have one that is in none of these pages.
        break;
      }
      if (first.size() == most) {
        return new Page(first, first.get(most - 1).key());
      }
      first.add(each);
    }
    return new Page(first, end);
  }

  /** Up to where every page has all that there is; null for to the end. */
  private static @Nullable String end(List<Page> pages) {
    String end = null;
    for (Page page : pages) {
      String next = page.next();
      if (next != null && (end == null || next.compareTo(end) < 0)) {
        end = next;
      }
    }
    return end;
  }
}
