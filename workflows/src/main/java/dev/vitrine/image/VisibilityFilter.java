package dev.vitrine.image;

/**
 * Which visibilities a list has, of the images that the viewer may see. Source: Glance's API
 * reference, "Show images" and "Image visibility".
 */
public enum VisibilityFilter {
  /** Every one, but {@code community} images only of the viewer's own project. */
  USUAL,
  /** Every one. */
  ALL,
  PRIVATE,
  SHARED,
  COMMUNITY,
  PUBLIC;

  /** Only that one. */
  public static VisibilityFilter only(Visibility visibility) {
    return switch (visibility) {
      case PRIVATE -> PRIVATE;
      case SHARED -> SHARED;
      case COMMUNITY -> COMMUNITY;
      case PUBLIC -> PUBLIC;
    };
  }
}
