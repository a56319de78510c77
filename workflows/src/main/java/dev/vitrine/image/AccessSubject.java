package dev.vitrine.image;

import java.util.UUID;

/** What the rules of the package {@code access} ask of an image. */
public sealed interface AccessSubject permits Image, ImageSummary {

  UUID id();

  String owner();

  Visibility visibility();

  ImageStatus status();

  /** Whether its deletion is refused to everybody. */
  boolean isProtected();
}
