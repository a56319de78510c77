package dev.vitrine.cli;

import dev.vitrine.image.Visibility;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may see an image, as the openstack client says it; for an exclusive group. */
final class VisibilityOptions {

  @Option(names = "--visibility", paramLabel = "WHO", description = "${COMPLETION-CANDIDATES}.")
  private @Nullable Visibility given;

  @Option(names = "--public", description = "Everyone may see the image.")
  private boolean everyone;

  @Option(names = "--private", description = "Its owner may see it.")
  private boolean ownerOnly;

  @Option(names = "--shared", description = "Its owner and its members may see it.")
  private boolean members;

  @Option(names = "--community", description = "Everyone who asks for it may see it.")
  private boolean community;

  /** The one that was given; null if none was. */
  @Nullable Visibility visibility() {
    if (everyone) {
      return Visibility.PUBLIC;
    }
    if (ownerOnly) {
      return Visibility.PRIVATE;
    }
    if (members) {
      return Visibility.SHARED;
    }
    return community ? Visibility.COMMUNITY : given;
  }
}
