package dev.vitrine.cli;

import dev.vitrine.backend.Backend;
import dev.vitrine.backend.Reply;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine image}. */
@Command(
    name = "image",
    description = {
      "List, show, create, change, save or delete images, watch or cancel uploads.",
      "list, show, create, save, set, unset, upload, stage, import, history and member need an"
          + " image API: --api URL."
    },
    synopsisSubcommandLabel = "COMMAND")
final class ImageCommands {

  /** A change that ends with the image as it then is. */
  abstract static class Change implements Callable<Integer> {

    private final Vitrine vitrine;

    @Mixin private RequesterOptions requester = new RequesterOptions();

    Change(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    abstract Reply change(Backend backend, String project);

    @Override
    public final Integer call() {
      return vitrine
          .withBackend(
              requester,
              backend -> {
                vitrine.output().print(change(backend, requester.claim(vitrine.shell()).project()));
                return ExitCode.OK;
              })
          .code();
    }
  }

  /** {@code vitrine image register}. */
  @Command(
      name = "register",
      description = "Reserve an image's id; with --size 0 it is active at once, without data.")
  static final class Register extends Change {

    @Mixin private ImageOptions image = new ImageOptions();

    @Option(
        names = "--size",
        paramLabel = "0",
        description = "Only 0: the image has no data and never will.")
    private @Nullable Long size;

    Register(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    Reply change(Backend backend, String project) {
      UUID id = image.id();
      return backend.register(
          image.newImage(id == null ? UUID.randomUUID() : id, null, size, project));
    }
  }

  /** {@code vitrine image add-location}. */
  @Command(
      name = "add-location",
      description = "Register data that lies elsewhere; a queued image becomes active.")
  static final class AddLocation extends Change {

    @Parameters(index = "0", paramLabel = "ID", description = "The image's id.")
    private UUID id = new UUID(0, 0);

    @Parameters(index = "1", paramLabel = "URL", description = "An http or https URL.")
    private String url = "";

    AddLocation(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    Reply change(Backend backend, String project) {
      return backend.addLocation(id, url);
    }
  }

  /** {@code vitrine image deactivate}. */
  @Command(
      name = "deactivate",
      description = "Deny access to the data to every non-admin; takes its project or --admin.")
  static final class Deactivate extends Change {

    @Parameters(paramLabel = "ID", description = "The image's id.")
    private UUID id = new UUID(0, 0);

    Deactivate(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    Reply change(Backend backend, String project) {
      return backend.deactivate(id);
    }
  }

  /** {@code vitrine image reactivate}. */
  @Command(name = "reactivate", description = "Allow access to the data again; takes --admin.")
  static final class Reactivate extends Change {

    @Parameters(paramLabel = "ID", description = "The image's id.")
    private UUID id = new UUID(0, 0);

    Reactivate(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    Reply change(Backend backend, String project) {
      return backend.reactivate(id);
    }
  }
}
