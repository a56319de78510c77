package dev.vitrine.config;

import dev.vitrine.image.Location;

/**
 * The store that data elsewhere on the web is in, so that it is listed and weighs something. It is
 * only read from.
 */
public record HttpStoreSettings(int weight) implements StoreSettings {

  @Override
  public String name() {
    return Location.EXTERNAL;
  }

  @Override
  public boolean readOnly() {
    return true;
  }
}
