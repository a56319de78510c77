package dev.vitrine.cli;

import dev.vitrine.remote.ImageApi;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;

/** A command on one image that only an image API can answer. */
abstract class ImageCall implements Callable<Integer> {

  private final Vitrine vitrine;

  @Parameters(index = "0", paramLabel = "ID", description = "The image's id.")
  private UUID id = new UUID(0, 0);

  ImageCall(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  /** Makes the call, and prints what comes of it. */
  abstract void call(Vitrine shown, ImageApi api, UUID imageId);

  @Override
  public final Integer call() {
    return vitrine.withApi(
        api -> {
          call(vitrine, api, id);
          return ExitCode.OK;
        });
  }
}
