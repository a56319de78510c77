package dev.vitrine.transfer;

import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.signature.DataSignature;
import dev.vitrine.source.ImageSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies that a store makes of its own data, where an image is to have what another one, or another
 * place, has in the same store. What is known of the data is known of the copy, so that nothing is
 * read; where something has to be seen of it that nobody has looked at, its bytes are moved.
 */
final class StoreOwnCopies {

  private record Known(Location location, ImageData data, @Nullable Image image) {}

  private final ImageSource images;
  private final ImageLookup lookup;
  private final TransferConfig config;

  StoreOwnCopies(ImageSource images, ImageLookup lookup, TransferConfig config) {
    this.images = images;
    this.lookup = lookup;
    this.config = config;
  }

  /**
   * Makes one, if it can be made.
   *
   * @return what is known of the data; empty if nothing was done
   */
  Optional<ImageData> copy(TransferRequest request, StoreTarget target, AttemptProgress attempt) {
    Optional<Known> found = known(request, target.store()).filter(known -> isEnough(known, target));
    if (found.isEmpty() || target.isPublished()) {
      return Optional.empty();
    }
    target.requireWanted();
    ImageData data = found.get().data();
    request.expected().verify(request.imageId(), data);
    if (data.size() > config.maxImageSize()) {
      throw CopyPass.tooLarge(request.imageId(), data.size(), config.maxImageSize());
    }
    target.reserve(data.size());
    attempt.copying(data.size());
    boolean done = false;
    try {
      done = target.copy(found.get().location().key(), data.size());
    } catch (NotFound gone) {
      // Whoever tries to read it says what that means.
    } finally {
      attempt.copied(done);
    }
    return done ? Optional.of(data) : Optional.empty();
  }

  private Optional<Known> known(TransferRequest request, String store) {
    if (request.source() instanceof Source.OfImage copied) {
      Image image = images.require(copied.imageId(), request.by(), "copy");
      ImageData data = data(image);
      return data == null
          ? Optional.empty()
          : images.within(store, image).map(location -> new Known(location, data, image));
    }
    if (request.source() instanceof Source.OfLocation copied && copied.store().equals(store)) {
      return images
          .require(copied)
          .map(
              there ->
                  new Known(
                      there.location(), there.data(), lookup.find(copied.imageId()).orElse(null)));
    }
    return Optional.empty();
  }

  private static @Nullable ImageData data(Image image) {
    return image.size() == null
            || image.checksum() == null
            || image.osHashValue() == null
            || !ImageData.HASH_ALGO.equals(image.osHashAlgo())
        ? null
        : new ImageData(image.size(), image.checksum(), image.osHashValue(), image.virtualSize());
  }

  private boolean isEnough(Known known, StoreTarget target) {
    return isInspected(known, target) && !isSigned(target);
  }

  /** As the same format, if it is to be inspected at all: then the size of its disk is known. */
  private boolean isInspected(Known known, StoreTarget target) {
    String declared = config.inspectFormats() ? target.inspectedAs() : null;
    Image image = known.image();
    return declared == null
        || (image != null
            && known.data().virtualSize() != null
            && declared.equals(image.diskFormat())
            && Objects.equals(image.containerFormat(), StoreTarget.BARE));
  }

  private boolean isSigned(StoreTarget target) {
    return config.signatures() != null && DataSignature.isIn(target.signedAs());
  }
}
