package dev.vitrine.image;

import java.util.Map;

/**
 * What an image says of its imports: two properties that no user may write, and that are there only
 * while they have something to say. Source: Glance, "Interoperable Image Import".
 */
public final class ImportFields {

  /** The stores that data is on its way to, sorted and separated by commas. */
  public static final String IMPORTING = "os_glance_importing_to_stores";

  /** The stores that the last import has not brought the data to. */
  public static final String FAILED = "os_glance_failed_import";

  private ImportFields() {}

  /** Whether that is the name of one of them. */
  public static boolean has(String property) {
    return property.equals(IMPORTING) || property.equals(FAILED);
  }

  /** Whether an image with those properties says that data is on its way. */
  public static boolean isImporting(Map<String, String> properties) {
    return properties.containsKey(IMPORTING);
  }
}
