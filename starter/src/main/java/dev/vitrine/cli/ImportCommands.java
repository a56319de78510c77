package dev.vitrine.cli;

import dev.vitrine.backend.ApiImport;
import dev.vitrine.backend.Replies;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteImport;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine image stage} and {@code import}, which take an image API. */
final class ImportCommands {

  private static final String WEB_DOWNLOAD = "web-download";
  private static final String GLANCE_DIRECT = "glance-direct";

  private ImportCommands() {}

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
