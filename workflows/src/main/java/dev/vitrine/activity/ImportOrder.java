package dev.vitrine.activity;

import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.json.Wire;
import dev.vitrine.task.ImportVia;
import dev.vitrine.task.TaskInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import is to do.
 *
 * @param stores where the data is to be, each once, sorted
 * @param allStores whether those are all there are, so that one that has the data is left out
 *     instead of refused
 * @param allMustSucceed whether one store that fails fails the import
 * @param at where data is that stays there; null for data that is brought to stores
 * @param expected what was said of it; null if nothing
 */
@Wire
public record ImportOrder(
    ImportMethod method,
    List<String> stores,
    boolean allStores,
    boolean allMustSucceed,
    Source.@Nullable Url at,
    @Nullable ExpectedData expected) {

  public ImportOrder {
    stores = stores.stream().distinct().sorted().toList();
  }

  /** Of data that is brought to stores. */
  public ImportOrder(
      ImportMethod method, List<String> stores, boolean allStores, boolean allMustSucceed) {
    this(method, stores, allStores, allMustSucceed, null, null);
  }

  /** What a task is to do. */
  public static ImportOrder of(TaskInput.ImageImport input) {
    ImportVia via = input.via();
    boolean stays = via.name().isLocation();
    return new ImportOrder(
        via.name(),
        input.backend(),
        input.importReq().wantsAll(),
        input.importReq().mustSucceed(),
        stays ? new Source.Url(String.valueOf(via.uri()), via.query()) : null,
        via.validationData() == null ? null : via.validationData().expected());
  }

  /** The same of data at that URL, which has its query string. */
  public ImportOrder at(String url) {
    return new ImportOrder(
        method, stores, allStores, allMustSucceed, new Source.Url(url), expected);
  }
}
