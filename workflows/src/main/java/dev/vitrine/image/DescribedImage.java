package dev.vitrine.image;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people say of an image, whoever holds it: the registry's row, a creation, a change. {@link
 * MetadataFields} has the same by the names of {@link ImageField}.
 */
public sealed interface DescribedImage permits Image, ImageMetadata, NewImage {

  UUID id();

  @Nullable String name();

  @Nullable String diskFormat();

  @Nullable String containerFormat();

  /** GiB. */
  int minDisk();

  /** MiB. */
  int minRam();

  Visibility visibility();

  /** Whether its deletion is refused to everybody. */
  boolean isProtected();

  boolean osHidden();

  /** The project that owns it. */
  String owner();

  Map<String, String> properties();

  /** In their order. */
  List<String> tags();
}
