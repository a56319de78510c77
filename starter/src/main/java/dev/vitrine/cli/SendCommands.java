package dev.vitrine.cli;

import dev.vitrine.backend.ApiFields;
import dev.vitrine.backend.Replies;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.NewImage;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteImage;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine image create} and {@code upload}, which send data through an image API. */
final class SendCommands {

  private SendCommands() {}

  /** {@code vitrine image create}. */
  @Command(
      name = "create",
      description = {
        "Create an image; with --file, send its data as well.",
        "If sending fails, the image is queued, and image upload sends it again."
      })
  static final class Create implements Callable<Integer> {

    private final Vitrine vitrine;

    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "NAME",
        description = "The image's name; default: the file's.")
    private @Nullable String name;

    @Option(
        names = "--file",
        paramLabel = "FILE|-",
        description = "The data: a file, or standard input.")
    private @Nullable String file;

    @Option(
        names = {"--owner", "--project"},
        paramLabel = "PROJECT",
        description = "The project that owns it; default: the caller's own.")
    private @Nullable String owner;

    @Mixin private ImageOptions image = new ImageOptions();

    Create(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      if (name != null && image.name() != null) {
        throw new Invalid("'%s' and --name '%s': give one name".formatted(name, image.name()));
      }
      return vitrine.withApi(this::create);
    }

    private ExitCode create(ImageApi api) {
      DataUpload sending =
          file == null ? null : new DataUpload(vitrine, api, file, ExpectedData.NONE);
      String otherwise = sending == null ? null : sending.name();
      UUID id = image.id();
      NewImage described =
          image.newImage(
              id == null ? UUID.randomUUID() : id,
              name == null ? otherwise : name,
              null,
              owner == null ? "default" : owner);
      RemoteImage created = api.images().create(ApiFields.of(described, owner));
      vitrine.output().print(Replies.of(sending == null ? created : sending.to(created)));
      return ExitCode.OK;
    }
  }

  /** {@code vitrine image upload}. */
  @Command(
      name = "upload",
      description = {
        "Send the data of an image that is queued, and compare its digests with the server's.",
        "It ends with this command: if that is interrupted, the image is queued again."
      })
  static final class Upload extends ImageCall {

    @Parameters(index = "1", paramLabel = "FILE|-", description = "A file, or standard input.")
    private String file = "";

    Upload(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    void call(Vitrine vitrine, ImageApi api, UUID id) {
      DataUpload sending = new DataUpload(vitrine, api, file, ExpectedData.NONE);
      vitrine.output().print(Replies.of(sending.to(api.images().show(id))));
    }
  }
}
