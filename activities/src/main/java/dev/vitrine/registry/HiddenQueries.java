package dev.vitrine.registry;

import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.process.QueryHiding;
import dev.vitrine.process.SourceKey;
import dev.vitrine.task.HiddenQuery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hides query strings of sources' URLs in the registry, encrypted, and finds out what a hidden one
 * is. Safe for use by many threads.
 *
 * @param configured the key that the settings name; null for the registry's own, which keeps the
 *     query strings from whoever sees rows, but not from whoever has all of the database
 */
public record HiddenQueries(SourceQueries rows, @Nullable SourceKey configured)
    implements QueryHiding {

  @Override
  public HiddenQuery hide(String url, String query) {
    SourceKey key = configured == null ? own() : configured;
    return HiddenQuery.storedAs(rows.keep(key.seal(url, query)));
  }

  /**
   * The query string.
   *
   * @param url without it
   * @throws SourceUnusable if it is kept no longer
   * @throws Unavailable if this process has not the key that it was sealed with
   */
  public String reveal(String url, HiddenQuery hidden) {
    String sealed = hidden.sealed();
    if (hidden.stored() != null) {
      sealed =
          rows.find(hidden.stored())
              .orElseThrow(
                  () ->
                      new SourceUnusable(
                          "the query string of %s is kept no longer; give it again"
                              .formatted(url)));
    }
    String found = sealed == null ? "" : sealed;
    Optional<String> query = configured == null ? Optional.empty() : configured.open(url, found);
    return query
        .or(() -> own().open(url, found))
        .orElseThrow(
            () ->
                new Unavailable(
                    "the query string of %s was sealed with another key than this process has; give"
                            .formatted(url)
                        + " every process, and who starts workflows, the same"
                        + " web-sources.key-file"));
  }

  private SourceKey own() {
    return SourceKey.of(rows.key(SourceKey::made));
  }
}
