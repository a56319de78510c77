package dev.vitrine.cli;

import dev.vitrine.backend.ApiFields;
import dev.vitrine.backend.ApiImport;
import dev.vitrine.backend.Replies;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.NewImage;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteImage;
import dev.vitrine.remote.RemoteImport;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code vitrine image create}, {@code upload}, {@code stage} and {@code import}, which bring data
 * in through an image API.
 */
final class SendCommands {

  private static final String WEB_DOWNLOAD = "web-download";
  private static final String GLANCE_DIRECT = "glance-direct";

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

  /** {@code vitrine image stage}. */
  @Command(
      name = "stage",
      description = {
        "Send the data of an image that is queued, for an import to come (image import).",
        "It ends with this command: if that is interrupted, the image is queued again."
      })
  static final class Stage extends ImageCall {

    @Parameters(index = "1", paramLabel = "FILE|-", description = "A file, or standard input.")
    private String file = "";

    @Option(
        names = "--store",
        paramLabel = "NAME",
        description =
            "Where it is staged, and stays if it is imported there; default: the" + " server's.")
    private @Nullable String store;

    Stage(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    void call(Vitrine vitrine, ImageApi api, UUID id) {
      DataUpload sending = new DataUpload(vitrine, api, file, ExpectedData.NONE);
      vitrine.output().print(Replies.of(sending.staged(api.images().show(id), store)));
    }
  }

  /** {@code vitrine image import}. */
  @Command(
      name = "import",
      description = {
        "Bring data into an image: what was staged, what is at a URL, or its own into further"
            + " stores.",
        "It is a task, which goes on without this command."
      })
  static final class Import implements Callable<Integer> {

    private final Vitrine vitrine;

    @Parameters(index = "0", paramLabel = "ID", description = "The image's id.")
    private UUID id = new UUID(0, 0);

    @Option(
        names = "--method",
        paramLabel = "METHOD",
        description =
            "glance-direct, web-download or copy-image; default: web-download with --uri, else"
                + " glance-direct.")
    private @Nullable String method;

    @Option(
        names = "--uri",
        paramLabel = "URL",
        description = "Where the data is, for web-download; an http or https URL.")
    private @Nullable String uri;

    @Option(
        names = "--store",
        paramLabel = "NAME",
        description = "A store that it is to be in; may be repeated.")
    private List<String> stores = List.of();

    @Option(names = "--all-stores", description = "It is to be in all stores.")
    private boolean allStores;

    @Option(
        names = "--allow-failure",
        description = "The import succeeds if one store has the data; the others are named.")
    private boolean allowFailure;

    @Option(names = "--no-wait", description = "Return as soon as the import has started.")
    private boolean noWait;

    Import(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      RemoteImport order = order();
      return vitrine.withApi(
          api ->
              new WorkWatch(vitrine)
                  .started(
                      new ApiImport(
                          api, id, api.tasks().importInto(id, order), vitrine.repeatedApi()),
                      noWait));
    }

    private RemoteImport order() {
      String by = method == null ? uri == null ? GLANCE_DIRECT : WEB_DOWNLOAD : method;
      if (by.equals(WEB_DOWNLOAD) != (uri != null)) {
        throw new Invalid(
            uri == null
                ? "--method web-download needs --uri URL"
                : "--uri is for web-download: leave it out of --method " + by);
      }
      if (allStores && !stores.isEmpty()) {
        throw new Invalid("--all-stores and --store: give one of them");
      }
      return new RemoteImport(by, uri, stores, allStores, !allowFailure);
    }
  }
}
