package dev.vitrine.cli;

import dev.vitrine.backend.SourceArgument;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteImage;
import dev.vitrine.remote.TransferListener;
import dev.vitrine.remote.UploadSource;
import dev.vitrine.terminal.InterruptNotice;
import dev.vitrine.terminal.ProgressDisplay;
import dev.vitrine.terminal.TransferDisplay;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file, or standard input, as the data of an image. It is this process that does it, so it
 * ends with it.
 */
final class DataUpload {

  private static final String STANDARD_INPUT = "-";

  private final Vitrine vitrine;
  private final ImageApi api;
  private final String data;
  private final UploadSource source;

  /**
   * Looks at the data, before anything is asked of the server.
   *
   * @param data a file, or {@code -}
   * @param expected what the data must be; of standard input nothing can be known beforehand
   */
  DataUpload(Vitrine vitrine, ImageApi api, String data, ExpectedData expected) {
    this.vitrine = vitrine;
    this.api = api;
    this.data = data;
    this.source =
        isPipe(data)
            ? UploadSource.ofStream(vitrine.shell().in())
            : UploadSource.ofFile(SourceArgument.path(data));
    if (!expected.equals(ExpectedData.NONE)) {
      if (isPipe(data)) {
        throw new Invalid(
            "--size, --checksum and --sha512 are compared before anything is sent; give a FILE");
      }
      expected.verify("to be made of " + data, source.measure());
    }
  }

  /** A name for an image that has none; null if the data has none either. */
  @Nullable String name() {
    Path name = isPipe(data) ? null : SourceArgument.path(data).getFileName();
    return name == null ? null : name.toString();
  }

  /**
   * Sends.
   *
   * @return the image, whose data is what was sent
   * @throws Conflict if the image is not {@code queued}
   */
  RemoteImage to(RemoteImage image) {
    return send(
        image,
        "upload",
        listener ->
            api.files().verify(image.id(), api.files().upload(image.id(), source, listener)));
  }

  /**
   * Stages.
   *
   * @param store null for the server's choice
   * @return the image, {@code uploading}, whose size and digests come with its import
   * @throws Conflict if the image is not {@code queued}
   */
  RemoteImage staged(RemoteImage image, @Nullable String store) {
    return send(
        image,
        "stage",
        listener -> {
          ImageData unused = api.files().stage(image.id(), source, store, listener);
          return api.images().show(image.id());
        });
  }

  /**
   * @param send gives the image as it is then
   */
  private RemoteImage send(
      RemoteImage image, String command, Function<TransferListener, RemoteImage> send) {
    requireQueued(image);
    ProgressDisplay display = vitrine.progressOf("%s of image %s".formatted(command, image.id()));
    display.status("started");
    RemoteImage now =
        InterruptNotice.during(
            display,
            leave(image, command),
            () -> send.apply(new TransferDisplay(display, command)));
    display.status(now.status());
    return now;
  }

  private static void requireQueued(RemoteImage image) {
    if (!image.status().equals("queued")) {
      // The server says so, too; but it may take in all of the data first.
      throw new Conflict(
          "image %s is %s: data is uploaded to a queued image only"
              .formatted(image.id(), image.status()));
    }
  }

  private String leave(RemoteImage image, String command) {
    return """
    The %4$s of image %1$s has ended with this command; the image will be queued again.
      send it again:  vitrine image %4$s %1$s %2$s%3$s\
    """
        .formatted(
            image.id(), isPipe(data) ? "-" : "'" + data + "'", vitrine.repeatedApi(), command);
  }

  private static boolean isPipe(String data) {
    return data.equals(STANDARD_INPUT);
  }
}
