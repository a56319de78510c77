package dev.vitrine.activity;

import dev.vitrine.image.ImportMethod;
import dev.vitrine.json.Wire;
import java.util.List;

/**
 * What an import is to do.
 *
 * @param stores where the data is to be, each once, sorted
 * @param allStores whether those are all there are, so that one that has the data is left out
 *     instead of refused
 * @param allMustSucceed whether one store that fails fails the import
 */
@Wire
public record ImportOrder(
    ImportMethod method, List<String> stores, boolean allStores, boolean allMustSucceed) {

  public ImportOrder {
    stores = stores.stream().distinct().sorted().toList();
  }
}
