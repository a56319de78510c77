package dev.vitrine.task;

import dev.vitrine.image.ImportMethod;
import dev.vitrine.json.Wire;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the data of an import comes. Field names on the wire are Glance's.
 *
 * @param uri of {@code web-download}: where the data is; what starts a task takes its query string
 *     out
 * @param glanceImageId of {@code glance-download}: the other image
 * @param glanceRegion of {@code glance-download}: where that is
 * @param glanceServiceInterface of {@code glance-download}
 * @param query the query string of the URL, if it was taken out; of {@code glance-download} the
 *     token of whoever asked, if there is one
 * @param validationData of data that stays elsewhere: what was said of it
 */
@Wire
public record ImportVia(
    ImportMethod name,
    @Nullable String uri,
    @Nullable String glanceImageId,
    @Nullable String glanceRegion,
    @Nullable String glanceServiceInterface,
    @Nullable HiddenQuery query,
    @Nullable ValidationData validationData) {

  /** One that names nothing but itself. */
  public static ImportVia of(ImportMethod name) {
    return new ImportVia(name, null, null, null, null, null, null);
  }

  /** A download from that URL. */
  public static ImportVia webDownload(String uri) {
    return new ImportVia(ImportMethod.WEB_DOWNLOAD, uri, null, null, null, null, null);
  }

  /**
   * Data that stays at that URL.
   *
   * @param said null if nothing was said of it
   */
  public static ImportVia location(String uri, @Nullable ValidationData said) {
    ImportMethod method = said == null ? ImportMethod.LOCATION_DIGESTS : ImportMethod.LOCATION;
    return new ImportVia(method, uri, null, null, null, null, said);
  }

  /**
   * An image of another Glance.
   *
   * @param token of whoever asked; null if there is none
   */
  public static ImportVia glanceDownload(
      String region, UUID imageId, @Nullable String serviceInterface, @Nullable HiddenQuery token) {
    return new ImportVia(
        ImportMethod.GLANCE_DOWNLOAD,
        null,
        imageId.toString(),
        region,
        serviceInterface,
        token,
        null);
  }

  /** The same for whoever has that token. */
  public ImportVia with(HiddenQuery token) {
    return new ImportVia(
        name, uri, glanceImageId, glanceRegion, glanceServiceInterface, token, validationData);
  }

  /** The same from elsewhere. */
  public ImportVia from(String url, @Nullable HiddenQuery itsQuery) {
    return new ImportVia(
        name, url, glanceImageId, glanceRegion, glanceServiceInterface, itsQuery, validationData);
  }
}
