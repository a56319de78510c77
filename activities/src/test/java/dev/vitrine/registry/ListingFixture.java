package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.op;

import dev.vitrine.access.Requester;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import dev.vitrine.listing.ImageQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Images to list. */
interface ListingFixture extends RegistryFixture {

  /** A second after the one before. */
  default Image image(
      String owner, @Nullable String name, UnaryOperator<ImageMetadata.Builder> change) {
    clock().advance(Duration.ofSeconds(1));
    UUID id = UUID.randomUUID();
    registry().images().create(op(), NewImage.of(id, owner));
    return registry()
        .images()
        .change(id, now -> change.apply(ImageMetadata.change(now).name(name)).build());
  }

  default Image image(String owner, String name, Visibility visibility) {
    return image(owner, name, it -> it.visibility(visibility));
  }

  default Image image(@Nullable String name) {
    return image("mars", name, it -> it);
  }

  default Image sharedWithVenus(String name, MemberStatus status) {
    Image image = image("mars", name, Visibility.SHARED);
    registry().members().add(image.id(), "venus");
    registry().members().setStatus(image.id(), "venus", status);
    return image;
  }

  default Image uploaded(Image image) {
    UUID location =
        registry().uploads().begin(op(), image.id(), FailurePolicy.KILL, "main", null).id();
    registry().transferNotes().recordMeasured(image.id(), location, DATA);
    return registry().uploads().complete(op(), image.id(), location, DATA);
  }

  default List<@Nullable String> names(ImageQuery query) {
    List<@Nullable String> names = new ArrayList<>();
    listImages(query).forEach(image -> names.add(image.name()));
    return names;
  }

  default ImageQuery all(Requester viewer) {
    return ImageQuery.of(viewer, 100);
  }
}
