package dev.vitrine.remote;

import dev.vitrine.image.ImageData;
import java.nio.file.Path;
import java.util.Map;

/** The README's example. */
final class ApiExample {

  private ApiExample() {}

  static SavedFile uploadAndSave(Map<String, String> environment, Path file, Path copy) {
    // tag::api[]
    ImageApi api = new ImageApi(new CloudEnvironment(environment).settings(null).orElseThrow());
    RemoteImage image =
        api.images()
            .create(Map.of("name", "jammy", "disk_format", "qcow2", "container_format", "bare"));
    ImageData sent =
        api.files().upload(image.id(), UploadSource.ofFile(file), TransferListener.NONE);
    image = api.files().verify(image.id(), sent);
    return api.files().save(image, copy, false, DownloadRetries.USUAL, TransferListener.NONE);
    // end::api[]
  }
}
