package dev.vitrine.config;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.StoreNames;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where data is kept.
 *
 * @param stores at least one, their names distinct
 * @param defaultStore the name of the one that uploads go to, which takes data
 */
public record StoresSettings(List<StoreSettings> stores, String defaultStore) {

  public StoresSettings {
    stores = List.copyOf(stores);
    Set<String> names = new HashSet<>();
    for (StoreSettings store : stores) {
      if (!names.add(store.name())) {
        throw new Invalid("stores has two of the name '%s'".formatted(store.name()));
      }
    }
    if (!names.contains(defaultStore)) {
      throw new Invalid(
          "default-store is '%s': give the name of one of stores: %s"
              .formatted(
                  defaultStore,
                  String.join(", ", stores.stream().map(StoreSettings::name).toList())));
    }
    if (readOnly(stores).contains(defaultStore)) {
      throw new Invalid(
          ("default-store is '%s', which is read-only: uploads go to it, so give the name of a"
                  + " store that takes data")
              .formatted(defaultStore));
    }
  }

  private static Set<String> readOnly(List<StoreSettings> stores) {
    return stores.stream()
        .filter(StoreSettings::readOnly)
        .map(StoreSettings::name)
        .collect(Collectors.toSet());
  }

  /** What they are called, for whoever says where data is to go. */
  public StoreNames names() {
    return new StoreNames(
        defaultFirst().stream().map(StoreSettings::name).toList(), readOnly(stores));
  }

  /** The default store, then the others in their order. */
  public List<StoreSettings> defaultFirst() {
    return stores.stream()
        .sorted(Comparator.comparing(store -> !store.name().equals(defaultStore)))
        .toList();
  }

  static StoresSettings read(SettingsReader in) {
    return new StoresSettings(new StoresReader(in).read("stores"), in.text("default-store"));
  }
}
