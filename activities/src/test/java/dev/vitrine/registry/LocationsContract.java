package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Finding;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Further places where an image's data lies. */
interface LocationsContract extends RegistryFixture {

  String URL = "https://example.org/a?b=c";

  @Test
  default void addsAFurtherLocation() {
    Image before = active();
    clock().advance(Duration.ofMinutes(1));

    Location added = registry().locationChanges().addFurther(op(), before.id(), URL);

    assertThat(added.store()).isEqualTo(Location.EXTERNAL);
    assertThat(added.key()).isEqualTo(URL);
    assertThat(added.status()).isEqualTo(LocationStatus.ACTIVE);
    assertThat(registry().locations().of(before.id())).hasSize(2).last().isEqualTo(added);
    Image after = reread(before.id());
    assertThat(after.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(after.size()).isEqualTo(before.size());
    assertThat(after.updatedAt()).isEqualTo(before.updatedAt().plusSeconds(60));
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(registry().history().of(before.id())).hasSize(3);
  }

  @Test
  default void addsOneLocationForOneOperation() throws Exception {
    UUID id = active().id();
    Operation operation = op();

    List<Object> outcomes =
        Together.run(6, i -> registry().locationChanges().addFurther(operation, id, URL));

    assertThat(outcomes).containsOnly(registry().locations().of(id).get(1));
    assertThat(registry().locations().of(id)).hasSize(2);
  }

  @Test
  default void refusesALocationTwice() {
    UUID id = active().id();
    registry().locationChanges().addFurther(op(), id, URL);

    assertThatThrownBy(() -> registry().locationChanges().addFurther(op(), id, URL))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining(URL);
    assertThat(registry().locations().of(id)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(value = ImageStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
  default void addsAFurtherLocationOnlyToAnActiveImage(ImageStatus status) {
    Image image = imageThatIs(status);
    List<Location> locations = registry().locations().of(image.id());
    boolean deleted = status == ImageStatus.DELETED || status == ImageStatus.PENDING_DELETE;

    assertThatThrownBy(() -> registry().locationChanges().addFurther(op(), image.id(), URL))
        .isInstanceOf(deleted ? NotFound.class : Conflict.class)
        .hasMessageContaining(image.id().toString());
    assertThat(registry().locations().of(image.id())).isEqualTo(locations);
    assertThat(reread(image.id())).isEqualTo(image);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org/a",
        "file:///etc/passwd",
        "example.org/a",
        "not a url",
        "http:///path",
        "https://user:secret@example.org/a"
      })
  default void refusesALocationThatIsNotOnTheWeb(String url) {
    Image queued = queued();
    Image active = active();

    assertThatThrownBy(() -> registry().locationChanges().addFirst(op(), queued.id(), url))
        .isInstanceOf(Invalid.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> registry().locationChanges().addFurther(op(), active.id(), url))
        .isInstanceOf(Invalid.class);
    assertThat(reread(queued.id())).isEqualTo(queued);
    assertThat(reread(active.id())).isEqualTo(active);
  }

  @Test
  default void boundsLocations() throws Exception {
    UUID id = active().id();

    List<Object> outcomes =
        Together.run(6, i -> narrowRegistry().locationChanges().addFurther(op(), id, URL + i));

    assertThat(outcomes).filteredOn(Location.class::isInstance).hasSize(NARROW.locations() - 1);
    assertThat(outcomes).filteredOn(TooLarge.class::isInstance).hasSize(7 - NARROW.locations());
    assertThat(registry().locations().of(id)).hasSize(NARROW.locations());
  }

  @Test
  default void removesALocationElsewhereAtOnce() {
    Image image = active();
    Location stored = registry().locations().of(image.id()).get(0);
    Location elsewhere = registry().locationChanges().addFurther(op(), image.id(), URL);
    clock().advance(Duration.ofMinutes(1));

    registry().locationChanges().remove(image.id(), elsewhere.id());

    assertThat(registry().locations().of(image.id())).containsExactly(stored);
    assertThat(registry().backlog().page(Finding.Kind.LEFTOVER_LOCATION, null, 10)).isEmpty();
    assertThat(reread(image.id()).updatedAt()).isEqualTo(image.updatedAt().plusSeconds(60));
    assertThatThrownBy(() -> registry().locationChanges().remove(image.id(), elsewhere.id()))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(elsewhere.id().toString());
  }

  @Test
  default void leavesStoredDataToBeRemoved() {
    Image image = active();
    Location stored = registry().locations().of(image.id()).get(0);
    Location elsewhere = registry().locationChanges().addFurther(op(), image.id(), URL);

    registry().locationChanges().remove(image.id(), stored.id());

    assertThat(registry().backlog().page(Finding.Kind.LEFTOVER_LOCATION, null, 10))
        .extracting(BacklogRow::id)
        .contains(stored.id());
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.ACTIVE);
    assertThatThrownBy(() -> registry().locationChanges().remove(image.id(), stored.id()))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> registry().locationChanges().remove(image.id(), elsewhere.id()))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("last location");
  }

  @Test
  default void keepsTheLastLocationWhateverIsRemovedTogether() throws Exception {
    UUID id = active().id();
    registry().locationChanges().addFurther(op(), id, URL);
    List<Location> both = registry().locations().of(id);

    List<Object> outcomes =
        Together.run(
            2,
            i -> {
              (i == 0 ? registry() : secondRegistry())
                  .locationChanges()
                  .remove(id, both.get(i).id());
              return "removed";
            });

    assertThat(outcomes).filteredOn("removed"::equals).hasSize(1);
    assertThat(outcomes).filteredOn(Forbidden.class::isInstance).hasSize(1);
    assertThat(registry().locations().of(id))
        .filteredOn(location -> location.status() == LocationStatus.ACTIVE)
        .hasSize(1);
  }

  @Test
  default void removesNoLocationOfADeactivatedOrAnotherImage() {
    Image image = active();
    registry().locationChanges().addFurther(op(), image.id(), URL);
    UUID location = registry().locations().of(image.id()).get(0).id();

    assertThatThrownBy(() -> registry().locationChanges().remove(active().id(), location))
        .isInstanceOf(NotFound.class);
    registry().images().deactivate(op(), image.id(), Requester.member("alice", "mars"));
    assertThatThrownBy(() -> registry().locationChanges().remove(image.id(), location))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("deactivated");
    assertThat(registry().locations().of(image.id())).hasSize(2);
  }

  @Test
  default void givesEveryPlaceInAStoreOnceInPages() {
    Set<UUID> wanted = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      Image image = active();
      registry().locationChanges().addFurther(op(), image.id(), URL);
      wanted.add(registry().locations().of(image.id()).get(0).id());
    }
    saving();
    staged("main");

    for (int most = 1; most <= 6; most++) {
      List<UUID> given = new ArrayList<>();
      List<Location> page = registry().locationPages().active(null, null, most);
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(most);
        page.forEach(each -> given.add(each.id()));
        page = registry().locationPages().active("main", given.get(given.size() - 1), most);
      }
      assertThat(given).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(wanted);
    }
    assertThat(registry().locationPages().active("cold", null, 10)).isEmpty();
  }
}
