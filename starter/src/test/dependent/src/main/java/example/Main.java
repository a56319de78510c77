package example;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The README's example as a program. */
public final class Main {

  private Main() {}

  /** Uploads what is at the URL, and prints the outcome and its size. */
  public static void main(String[] args) {
    Requester anna = Requester.member("anna", "blue");
    UUID id = UUID.randomUUID();
    try (VitrineClient vitrine = VitrineClient.fromEnvironment()) {
      UploadHandle upload =
          vitrine.startUpload(
              UploadRequest.of(NewImage.of(id, "blue"), new Source.Url(args[0]), anna));
      Optional<UploadResult> result = upload.await(Duration.ofSeconds(1));
      while (result.isEmpty()) {
        upload.progress().ifPresent(progress -> System.out.println(progress.percent() + " %"));
        result = upload.await(Duration.ofSeconds(1));
      }
      vitrine.delete(id, anna, Duration.ZERO).awaitDataRemoved();
      System.out.println(result.get().outcome() + " " + result.get().data().size());
    }
  }
}
