package dev.vitrine.api;

import dev.vitrine.guard.GuardedImages;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Route;
import dev.vitrine.image.ImageMetadata;
import java.util.List;

/** An image's tags, one at a time. */
final class ImageTags {

  private static final String PATH = "/v2/images/{id}/tags/{tag}";

  private final GuardedImages images;

  ImageTags(GuardedImages images) {
    this.images = images;
  }

  List<Route> routes() {
    return List.of(Route.of("PUT", PATH, this::add), Route.of("DELETE", PATH, this::remove));
  }

  private Answer add(Call call) {
    return change(call, builder -> builder.tag(call.parameter("tag")));
  }

  private Answer remove(Call call) {
    return change(call, builder -> builder.withoutTag(call.parameter("tag")));
  }

  private interface Change {
    ImageMetadata.Builder to(ImageMetadata.Builder builder);
  }

  private Answer change(Call call, Change change) {
    images.change(
        Ids.inPath("image", call.parameter("id")),
        call.requester(),
        image -> change.to(ImageMetadata.change(image)).build());
    return Answer.noContent();
  }
}
