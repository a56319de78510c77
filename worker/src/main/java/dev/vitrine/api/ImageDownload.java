package dev.vitrine.api;

import dev.vitrine.access.ImageOperation;
import dev.vitrine.config.DownloadSettings;
import dev.vitrine.download.Download;
import dev.vitrine.download.Downloads;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Exchange;
import dev.vitrine.http.Route;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET …/file}: the data, or a part of it. A slow client holds no thread. */
final class ImageDownload {

  private static final int PARTIAL_CONTENT = 206;
  private static final int NOT_MODIFIED = 304;

  private final GuardedImages images;
  private final Downloads downloads;
  private final FairLimit slots;

  /**
   * @param settings how many at once
   */
  ImageDownload(GuardedImages images, Downloads downloads, DownloadSettings settings) {
    this.images = images;
    this.downloads = downloads;
    this.slots = new FairLimit(settings.concurrent(), settings.perProject());
  }

  List<Route> routes() {
    return List.of(Route.streaming("GET", "/v2/images/{id}/file", this::download));
  }

  private void download(Call call, Exchange exchange) {
    Image image =
        images.require(
            ImageOperation.DOWNLOAD, Ids.inPath("image", call.parameter("id")), call.requester());
    if (!hasData(image)) {
      exchange.answer(Answer.noContent());
      return;
    }
    Preconditions conditions = new Preconditions(call, tag(image));
    conditions.requireMatch();
    if (conditions.isKnown()) {
      exchange.answer(new Answer(NOT_MODIFIED, tagged(image), new byte[0]));
      return;
    }
    Long size = image.size();
    ByteRange range =
        size == null || !conditions.allowRange()
            ? null
            : ByteRange.read(call.header("Range"), size).orElse(null);
    String project = call.requester().project();
    takeSlot(image.id(), project);
    Download download;
    try {
      download = open(image, call, range);
    } catch (RuntimeException | Error e) {
      slots.give(project);
      throw e;
    }
    exchange.stream(
        range == null ? 200 : PARTIAL_CONTENT,
        headers(image, download, range),
        download::read,
        () -> {
          try {
            download.close();
          } finally {
            slots.give(project);
          }
        });
  }

  private Download open(Image image, Call call, @Nullable ByteRange range) {
    return range == null
        ? downloads.open(image, call.requester(), 0, null)
        : downloads.open(image, call.requester(), range.first(), range.length());
  }

  private void takeSlot(UUID id, String project) {
    switch (slots.take(project)) {
      case TAKEN -> {}
      case NONE_LEFT ->
          throw new Unavailable(
              "image %s: this process takes no more downloads at present; try again".formatted(id));
      case SHARE_USED_UP ->
          throw new Unavailable(
              ("image %s: project %s has as many downloads at this process as it may have at once;"
                      + " try again when one of them is over")
                  .formatted(id, project));
    }
  }

  /** The reference has nothing to say of an image without data, and that is no error. */
  private static boolean hasData(Image image) {
    boolean complete =
        image.status() == ImageStatus.ACTIVE || image.status() == ImageStatus.DEACTIVATED;
    boolean registeredAsEmpty =
        image.checksum() == null && image.size() != null && image.size() == 0;
    return complete && !registeredAsEmpty;
  }

  /** The data of an image never changes, and its digest names it. */
  private static @Nullable String tag(Image image) {
    return image.checksum() == null ? null : '"' + image.checksum() + '"';
  }

  private static Map<String, String> tagged(Image image) {
    String tag = tag(image);
    return tag == null ? Map.of() : Map.of("ETag", tag);
  }

  /** {@code Content-MD5} is the whole data's, in hexadecimal: the reference's reading of it. */
  private static Map<String, String> headers(
      Image image, Download download, @Nullable ByteRange range) {
    Map<String, String> headers = new LinkedHashMap<>(tagged(image));
    headers.put("Content-Type", "application/octet-stream");
    Optional.ofNullable(download.length())
        .ifPresent(length -> headers.put("Content-Length", length.toString()));
    if (range != null && image.size() != null) {
      headers.put("Content-Range", range.of(image.size()));
    }
    if (image.checksum() != null) {
      headers.put("Content-MD5", image.checksum());
    }
    return headers;
  }
}
