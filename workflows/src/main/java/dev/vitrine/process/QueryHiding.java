package dev.vitrine.process;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.task.HiddenQuery;

/** Where whoever starts a workflow leaves the query string of a source's URL, a secret perhaps. */
@FunctionalInterface
public interface QueryHiding {

  /**
   * Hides it.
   *
   * @param url without it
   */
  HiddenQuery hide(String url, String query);

  /** For who shares no key with the workers: workflows keep what they are given for all to read. */
  static QueryHiding refusing() {
    return (url, query) -> {
      throw new Invalid(
          "the source %s has a query string, which may be a credential and would stay in the workflow's"
                  .formatted(HiddenQuery.shown(url + "?", null))
              + " history: start it by the image API, or name the file of a key that the workers"
              + " have as web-sources.key-file in VITRINE_WEB_SOURCES_KEY_FILE");
    };
  }

  /** Brought along, sealed with a key that the workers have. */
  static QueryHiding sealing(SourceKey key) {
    return (url, query) -> HiddenQuery.sealedAs(key.seal(url, query));
  }
}
