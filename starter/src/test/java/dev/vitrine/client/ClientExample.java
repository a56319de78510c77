package dev.vitrine.client;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The example that the documentation shows; it runs as a test. */
final class ClientExample {

  private ClientExample() {}

  static UploadResult run(Supplier<VitrineClient> connection, String url) {
    // tag::client[]
    Requester anna = Requester.member("anna", "blue");
    UUID id = UUID.randomUUID();
    try (VitrineClient vitrine = connection.get()) { // VitrineClient.fromEnvironment()
      UploadHandle upload =
          vitrine.startUpload(UploadRequest.of(NewImage.of(id, "blue"), new Source.Url(url), anna));
      Optional<UploadResult> result = upload.await(Duration.ofSeconds(1));
      while (result.isEmpty()) {
        upload.progress().ifPresent(progress -> System.out.println(progress.percent() + " %"));
        result = upload.await(Duration.ofSeconds(1));
      }
      vitrine.delete(id, anna, Duration.ZERO).awaitDataRemoved();
      return result.get();
    }
    // end::client[]
  }
}
