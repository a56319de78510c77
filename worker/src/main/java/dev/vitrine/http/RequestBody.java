package dev.vitrine.http;

/**
 * What a route takes of a request's body, if it doesn't stream. What it doesn't take, it doesn't
 * hold.
 */
public enum RequestBody {
  /** Nothing: what comes is thrown away. */
  NONE,
  /** A JSON document of a few fields. */
  SMALL,
  /** A JSON document as large as any may be. */
  DOCUMENT;

  /** Far more than the longest values of a few fields, all of them escaped. */
  private static final int FEW_FIELDS = 64 * 1024;

  /**
   * The most bytes.
   *
   * @param document of the largest document
   */
  int largest(int document) {
    return switch (this) {
      case NONE -> 0;
      case SMALL -> Math.min(FEW_FIELDS, document);
      case DOCUMENT -> document;
    };
  }
}
