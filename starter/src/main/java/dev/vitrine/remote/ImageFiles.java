package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageData;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The data of a server's images. Thread-safe. */
public final class ImageFiles {

  private static final Duration SILENCE = Duration.ofMinutes(1);

  private static final Duration LOOK = Duration.ofSeconds(5);

  private final ApiRequests requests;
  private final Duration look;

  ImageFiles(ApiRequests requests) {
    this(requests, LOOK);
  }

  /**
   * @param look how often an image is looked at while its data is sent
   */
  ImageFiles(ApiRequests requests, Duration look) {
    this.requests = requests;
    this.look = look;
  }

  /**
   * Sends the data of a {@code queued} image, and returns once the server has it all.
   *
   * @return what was sent
   * @throws NotFound if there is no such image, or it was deleted meanwhile: told within seconds
   * @throws dev.vitrine.error.VitrineException.Conflict if the image is not queued, or the server
   *     ends the upload
   * @throws Unavailable also if the connection breaks; the message says how the image stands then
   */
  public ImageData upload(UUID id, UploadSource source, TransferListener listener) {
    UploadBody body = UploadBody.digesting(source, listener);
    send(id, source, body);
    return body.digests().finish();
  }

  /** As {@link #upload}, without the cost of digests: for data of which they are known. */
  public void send(UUID id, UploadSource source, TransferListener listener) {
    send(id, source, UploadBody.plain(source, listener));
  }

  /**
   * Stages the data of a {@code queued} image for an import, and returns once the server has it
   * all.
   *
   * @param store where it is staged, and may stay; null for the server's choice
   * @return what was sent
   * @throws NotFound as for {@link #upload}
   */
  public ImageData stage(
      UUID id, UploadSource source, @Nullable String store, TransferListener listener) {
    UploadBody body = UploadBody.digesting(source, listener);
    Map<String, String> headers = store == null ? Map.of() : Map.of("X-Image-Meta-Store", store);
    send(id, "stage", headers, source, body);
    return body.digests().finish();
  }

  private void send(UUID id, UploadSource source, UploadBody body) {
    send(id, "file", Map.of(), source, body);
  }

  /**
   * @param into what is below the image on the wire
   */
  private void send(
      UUID id, String into, Map<String, String> more, UploadSource source, UploadBody body) {
    String what = "%s of image %s".formatted(into.equals("file") ? "upload" : into, id);
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Content-Type", "application/octet-stream");
    try (UploadWatch watch = new UploadWatch(new RemoteImages(requests), id, look)) {
      try {
        requests.done(
            new ApiCall(
                what,
                "PUT",
                RemoteImages.path(id) + "/" + into,
                headers,
                () -> body,
                source.repeatable(),
                null));
      } catch (Unavailable e) {
        throw watch
            .reason()
            .orElseGet(
                () -> new Unavailable("%s: %s%s".formatted(what, e.getMessage(), standing(id))));
      }
    }
  }

  /**
   * Compares what a server has with what it was sent.
   *
   * @return the image as it is now
   * @throws DataMismatch if they differ, naming both digests
   */
  public RemoteImage verify(UUID id, ImageData sent) {
    RemoteImage image =
        new RemoteImage(requests.json(ApiCall.get("image " + id, RemoteImages.path(id))));
    compare(id, "size", image.size(), size -> size == sent.size(), sent.size());
    compare(id, "MD5", image.checksum(), sent.checksum()::equalsIgnoreCase, sent.checksum());
    if (ImageData.HASH_ALGO.equals(image.hashAlgorithm())) {
      compare(id, "SHA-512", image.hashValue(), sent.sha512()::equalsIgnoreCase, sent.sha512());
    }
    return image;
  }

  /**
   * Opens an image's data.
   *
   * @param from the first byte that is wanted
   */
  public DataStream open(UUID id, long from) {
    String what = "data of image " + id;
    ApiCall call =
        new ApiCall(
            what,
            "GET",
            path(id),
            Map.of("Accept", "application/octet-stream"),
            java.net.http.HttpRequest.BodyPublishers::noBody,
            true,
            Transport.ANSWER);
    HttpResponse<ApiRequests.Answer<InputStream>> answer =
        requests.stream(from == 0 ? call : call.with("Range", "bytes=" + from + "-"));
    return DataStream.of(
        what, from, answer, new IdleTimeoutStream(ApiRequests.body(answer), SILENCE));
  }

  /**
   * Saves an image's data as a file. It is collected in {@code TARGET.part}, where a later call
   * goes on, and becomes the file only once its digest is right.
   *
   * @throws dev.vitrine.error.VitrineException.Conflict if the file exists and is not to be
   *     overwritten, or is being written
   * @throws DataMismatch if what arrived is not the image's data
   * @throws Unavailable if the connection breaks again and again
   */
  public SavedFile save(
      RemoteImage image,
      Path target,
      boolean overwrite,
      DownloadRetries persistence,
      TransferListener listener) {
    try {
      return new FileDownload(this, image, persistence, listener).toFile(target, overwrite);
    } catch (IOException e) {
      throw new Invalid("image %s can't be saved as %s: %s".formatted(image.id(), target, e));
    }
  }

  /** As the other, to a stream, which is not closed; it has had the data before that is checked. */
  public SavedFile save(
      RemoteImage image, OutputStream out, DownloadRetries persistence, TransferListener listener) {
    try {
      return new FileDownload(this, image, persistence, listener).toStream(out);
    } catch (IOException e) {
      throw new Invalid("image %s can't be written: %s".formatted(image.id(), e));
    }
  }

  URI endpoint() {
    return requests.endpoint();
  }

  private String standing(UUID id) {
    try {
      return "; the image is %s now".formatted(new RemoteImages(requests).show(id).status());
    } catch (NotFound e) {
      throw new NotFound("upload of image %s: the image was deleted meanwhile".formatted(id));
    } catch (RuntimeException e) {
      return "; how the image stands is not known";
    }
  }

  private static <T> void compare(
      UUID id, String name, @Nullable T actual, Predicate<T> same, Object sent) {
    if (actual != null && !same.test(actual)) {
      throw new DataMismatch(
          "image %s: what was sent has the %s %s, and the server has %s"
              .formatted(id, name, sent, actual));
    }
  }

  private static String path(UUID id) {
    return RemoteImages.path(id) + "/file";
  }
}
