package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;

/** The URL of data that lies elsewhere, as the key of a location of {@link Location#EXTERNAL}. */
public final class ExternalUrl {

  private ExternalUrl() {}

  /**
   * Requires an {@code http} or {@code https} URL that names a host and no user.
   *
   * @throws Invalid saying what is wrong with it
   */
  public static void require(UUID imageId, String url) {
    if (url.codePointCount(0, url.length()) > FieldType.Places.LONGEST_URL) {
      throw new Invalid(
          "image %s: a location of %d characters: give a URL of at most %d"
              .formatted(
                  imageId, url.codePointCount(0, url.length()), FieldType.Places.LONGEST_URL));
    }
    URI uri;
    String shown = url.replaceFirst("[?#].*", "?…");
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      // Its message repeats all of the text.
      throw new Invalid(
          "image %s: location '%s' is not a URL: %s at character %d"
              .formatted(imageId, shown, e.getReason(), e.getIndex() + 1));
    }
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
      throw new Invalid(
          "image %s: location '%s': give an http or https URL".formatted(imageId, shown));
    }
    if (uri.getHost() == null) {
      throw new Invalid("image %s: location '%s' names no host".formatted(imageId, shown));
    }
    if (uri.getRawUserInfo() != null) {
      throw new Invalid(
          "image %s: the location at %s has user information in its URL; credentials don't belong there"
              .formatted(imageId, uri.getHost()));
    }
  }
}
