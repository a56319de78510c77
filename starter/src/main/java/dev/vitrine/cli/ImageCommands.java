package dev.vitrine.cli;

import dev.vitrine.client.VitrineClient;
import dev.vitrine.image.Image;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Requester;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine image}. */
@Command(
    name = "image",
    description = "Register, change or delete images, watch or cancel uploads.",
    synopsisSubcommandLabel = "COMMAND")
final class ImageCommands {

  /** An image in lines, as people read it. */
  static Map<String, @Nullable Object> lines(Image image) {
    Map<String, @Nullable Object> lines = new LinkedHashMap<>();
    lines.put("image", image.id());
    lines.put("name", image.name());
    lines.put("status", image.status());
    Long size = image.size();
    lines.put("size", size == null ? null : "%d (%s)".formatted(size, Sizes.bytes(size)));
    lines.put("checksum", image.checksum());
    lines.put("disk format", image.diskFormat());
    lines.put("container format", image.containerFormat());
    lines.put("visibility", image.visibility());
    lines.put("owner", image.owner());
    lines.put("protected", image.isProtected() ? "yes" : null);
    return lines;
  }

  /** A change that ends with the image as it then is. */
  abstract static class Change implements Callable<Integer> {

    private final Vitrine vitrine;

    @Mixin private RequesterOptions requester = new RequesterOptions();

    Change(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    /** The call to make; what is invalid is refused here, before there is a connection. */
    abstract Function<VitrineClient, Image> change(Requester by);

    @Override
    public final Integer call() {
      Function<VitrineClient, Image> change = change(requester.requester(vitrine.shell()));
      return vitrine
          .withClient(
              client -> {
                Image image = change.apply(client);
                vitrine.output().print(image, lines(image));
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
    Function<VitrineClient, Image> change(Requester by) {
      UUID id = image.id();
      NewImage registered =
          image.newImage(id == null ? UUID.randomUUID() : id, null, size, by.project());
      return client -> client.register(registered, by);
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
    Function<VitrineClient, Image> change(Requester by) {
      return client -> client.addLocation(id, url, by);
    }
  }

  /** {@code vitrine image deactivate}. */
  @Command(
      name = "deactivate",
      description = "Deny access to the data to every non-admin; takes --admin.")
  static final class Deactivate extends Change {

    @Parameters(paramLabel = "ID", description = "The image's id.")
    private UUID id = new UUID(0, 0);

    Deactivate(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    Function<VitrineClient, Image> change(Requester by) {
      return client -> client.deactivate(id, by);
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
    Function<VitrineClient, Image> change(Requester by) {
      return client -> client.reactivate(id, by);
    }
  }
}
