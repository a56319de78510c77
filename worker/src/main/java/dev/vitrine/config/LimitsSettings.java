package dev.vitrine.config;

/**
 * What an image and a project may have.
 *
 * @param imageProperties free properties, at least 1
 * @param imageTags at least 1
 * @param imageMembers projects that it is shared with, at least 1
 * @param imageLocations at least 1
 * @param imageMetadata bytes of all that users write of it, as JSON; of a task's input, too
 * @param imageProperty bytes of one property's value
 * @param projectImages that have or may get data; 0 for any number
 * @param projectBytes of all its images; 0 for any number
 * @param projectTasks that are not over; 0 for any number
 */
public record LimitsSettings(
    int imageProperties,
    int imageTags,
    int imageMembers,
    int imageLocations,
    int imageMetadata,
    int imageProperty,
    int projectImages,
    long projectBytes,
    int projectTasks) {

  private static final int MOST = 1_000_000;

  /** More than a request's body may have. */
  private static final int MOST_METADATA = 16 << 20;

  static LimitsSettings read(SettingsReader in) {
    return new LimitsSettings(
        in.number("limits.image-properties", 1, MOST),
        in.number("limits.image-tags", 1, MOST),
        in.number("limits.image-members", 1, MOST),
        in.number("limits.image-locations", 1, MOST),
        in.bytes("limits.image-metadata", MOST_METADATA),
        in.bytes("limits.image-property", MOST_METADATA),
        in.number("limits.project-images", 0, Integer.MAX_VALUE),
        in.sizeOrZero("limits.project-bytes"),
        in.number("limits.project-tasks", 0, MOST));
  }
}
