package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a project may have in all: 4 images and 1000 bytes, by {@link #NARROW}. */
interface QuotaContract extends RegistryFixture {

  private Image imageOf(String project) {
    return narrowRegistry().images().create(op(), NewImage.of(UUID.randomUUID(), project));
  }

  /** Begins an upload to a new image of project {@code mars}. */
  private Location begin(@Nullable Long declared) {
    UUID id = queued().id();
    return narrowRegistry().uploads().begin(op(), id, FailurePolicy.REQUEUE, "main", declared);
  }

  private void reserve(Location location, long bytes) {
    narrowRegistry().transferNotes().reserve(location.imageId(), location.id(), bytes);
  }

  private void complete(Location location, long size) {
    ImageData data = new ImageData(size, "0".repeat(32), "0".repeat(128));
    narrowRegistry().transferNotes().recordMeasured(location.imageId(), location.id(), data);
    narrowRegistry().uploads().complete(op(), location.imageId(), location.id(), data);
  }

  @Test
  default void boundsTheImagesOfAProject() {
    Image first = imageOf("mars");
    for (int i = 1; i < NARROW.images(); i++) {
      imageOf("mars");
    }

    assertThatThrownBy(() -> imageOf("mars"))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("project mars has 4 images")
        .hasMessageContaining("limit is 4");
    imageOf("venus");

    narrowRegistry().deletions().delete(op(), first.id(), Duration.ZERO);
    UUID killed = imageOf("mars").id();
    narrowRegistry().uploads().begin(op(), killed, FailurePolicy.KILL, "main", null);
    narrowRegistry().uploads().fail(op(), killed, FailurePolicy.KILL);
    imageOf("mars");
    assertThatThrownBy(() -> imageOf("mars")).isInstanceOf(TooLarge.class);
  }

  @Test
  default void admitsNoImageTooManyOfThoseCreatedTogether() throws Exception {
    List<Object> outcomes = Together.run(12, i -> imageOf(i % 2 == 0 ? "mars" : "venus").owner());

    assertThat(outcomes).filteredOn("mars"::equals).hasSize(4);
    assertThat(outcomes).filteredOn("venus"::equals).hasSize(4);
    assertThat(outcomes).filteredOn(TooLarge.class::isInstance).hasSize(4);
  }

  @Test
  default void takesDeclaredBytesAtOnceAndGivesThemBack() {
    Location first = begin(600L);

    assertThatThrownBy(() -> begin(401L))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("401 bytes")
        .hasMessageContaining("600 of the other images of project mars")
        .hasMessageContaining("limit of 1000");
    Location second = begin(400L);
    assertThatThrownBy(() -> begin(1L)).isInstanceOf(TooLarge.class);

    narrowRegistry().uploads().fail(op(), second.imageId(), FailurePolicy.REQUEUE);
    begin(100L);
    narrowRegistry().deletions().delete(op(), first.imageId(), Duration.ZERO);
    begin(900L);
    assertThatThrownBy(() -> begin(1L)).isInstanceOf(TooLarge.class);
  }

  @Test
  default void leavesAnImageQueuedWhoseUploadHasNoRoom() {
    Image image = queued();

    assertThatThrownBy(
            () ->
                narrowRegistry()
                    .uploads()
                    .begin(op(), image.id(), FailurePolicy.KILL, "main", 1001L))
        .isInstanceOf(TooLarge.class);

    assertThat(reread(image.id())).isEqualTo(image);
    assertThat(registry().locations().of(image.id())).isEmpty();
    assertThat(registry().history().of(image.id())).hasSize(1);
  }

  @Test
  default void countsTheSizeOnceItIsKnown() {
    complete(begin(600L), 700);
    Location second = begin(null);

    assertThatThrownBy(() -> reserve(second, 301)).isInstanceOf(TooLarge.class);
    reserve(second, 300);
    complete(second, 100);
    begin(200L);
  }

  @Test
  default void takesMoreWhileTheBytesCome() {
    Location location = begin(null);
    Image image = reread(location.imageId());

    reserve(location, 500);
    reserve(location, 200);
    assertThatThrownBy(() -> begin(501L)).isInstanceOf(TooLarge.class);
    reserve(location, 1000);

    assertThatThrownBy(() -> reserve(location, 1001)).isInstanceOf(TooLarge.class);
    assertThatThrownBy(() -> begin(1L)).isInstanceOf(TooLarge.class);
    assertThat(reread(location.imageId())).isEqualTo(image);
  }

  @Test
  default void takesNothingForAnUploadThatIsOver() {
    Location location = begin(null);
    narrowRegistry().uploads().fail(op(), location.imageId(), FailurePolicy.REQUEUE);

    assertThatThrownBy(() -> reserve(location, 10))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("pending_delete");
    assertThatThrownBy(
            () ->
                narrowRegistry().transferNotes().reserve(location.imageId(), UUID.randomUUID(), 10))
        .isInstanceOf(NotFound.class);
    begin(1000L);
  }

  @Test
  default void asksNobodyWithoutAQuota() {
    registry().transferNotes().reserve(UUID.randomUUID(), UUID.randomUUID(), Long.MAX_VALUE);
    registry().uploads().begin(op(), queued().id(), FailurePolicy.KILL, "main", Long.MAX_VALUE);
  }

  @Test
  default void admitsNoByteTooManyOfUploadsThatBeginTogether() throws Exception {
    List<Object> outcomes = Together.run(12, i -> begin(150L));

    assertThat(outcomes).filteredOn(Location.class::isInstance).hasSize(6);
    assertThat(outcomes).filteredOn(TooLarge.class::isInstance).hasSize(6);
  }

  @Test
  default void takesNoByteTooManyForUploadsThatGrowTogether() throws Exception {
    List<Location> uploads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      uploads.add(begin(null));
    }

    List<Object> granted =
        Together.run(
            uploads.size(),
            i -> {
              long bytes = 0;
              try {
                while (true) {
                  reserve(uploads.get(i), bytes + 30);
                  bytes += 30;
                }
              } catch (TooLarge e) {
                return bytes;
              }
            });

    // Whoever was refused last was so because less than one step was left.
    assertThat(granted.stream().mapToLong(Long.class::cast).sum()).isBetween(971L, 1000L);
  }

  @Test
  default void givesNoImageToAProjectWithoutRoom() {
    Location ours = begin(600L);
    UUID theirs = imageOf("venus").id();
    narrowRegistry().uploads().begin(op(), theirs, FailurePolicy.KILL, "main", 500L);

    assertThatThrownBy(
            () ->
                narrowRegistry()
                    .images()
                    .change(
                        ours.imageId(), now -> ImageMetadata.change(now).owner("venus").build()))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("project venus");
    assertThat(reread(ours.imageId()).owner()).isEqualTo("mars");

    narrowRegistry()
        .images()
        .change(ours.imageId(), now -> ImageMetadata.change(now).owner("pluto").build());
    begin(1000L);
  }
}
