package dev.vitrine.config;

/** One store, of one of the types there are. */
public sealed interface StoreSettings
    permits FileStoreSettings, S3StoreSettings, HttpStoreSettings {

  /** As locations record it. */
  String name();

  /** Of several that have an image's data, the heaviest is read first. */
  int weight();

  /** Whether it takes no data and gives none up: who manages what it has is somebody else. */
  boolean readOnly();
}
