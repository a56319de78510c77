package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.ALICE;
import static dev.vitrine.registry.Samples.BOB;
import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.image.Comparison;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.Visibility;
import dev.vitrine.image.VisibilityFilter;
import dev.vitrine.listing.ImageQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of images: who sees what, and what matches. */
interface ListingContract extends ListingFixture {

  /** One of each visibility of the project mars, and of venus, and what mars shared with venus. */
  private void everyVisibility() {
    for (String owner : List.of("mars", "venus")) {
      for (Visibility visibility : Visibility.values()) {
        image(owner, owner + " " + visibility, visibility);
      }
    }
    for (MemberStatus status : MemberStatus.values()) {
      sharedWithVenus("mars " + status, status);
    }
  }

  @Test
  default void readsImagesWhole() {
    Image plain = image("a");
    Image rich =
        image(
            "mars", "ä 🐧", it -> it.properties(Map.of("p", "1", "q", "")).tags(List.of("z", "a")));
    Image full = uploaded(image("mars", "full", it -> it.diskFormat("raw").minDisk(7)));

    assertThat(listImages(all(ALICE))).containsExactly(full, reread(rich.id()), plain);
    assertThat(listImages(all(ROOT))).containsExactly(full, reread(rich.id()), plain);
  }

  @Test
  default void showsAProjectWhatIsItsOwnPublicOrAccepted() {
    everyVisibility();

    assertThat(names(all(BOB)))
        .containsExactly(
            "mars accepted",
            "venus public",
            "venus community",
            "venus shared",
            "venus private",
            "mars public");
    assertThat(names(all(Requester.member("carol", "pluto"))))
        .containsExactly("venus public", "mars public");
  }

  @Test
  default void showsAnAdminAllButOthersCommunityImages() {
    everyVisibility();

    assertThat(names(all(ROOT))).hasSize(9).noneMatch(name -> name.contains("community"));
    assertThat(names(all(Requester.admin("root", "venus"))))
        .hasSize(10)
        .contains("venus community");
    assertThat(names(all(ROOT).with(VisibilityFilter.ALL))).hasSize(11);
  }

  @Test
  default void showsOneVisibilityIfAskedFor() {
    everyVisibility();

    assertThat(names(all(BOB).with(VisibilityFilter.COMMUNITY)))
        .containsExactly("venus community", "mars community");
    assertThat(names(all(BOB).with(VisibilityFilter.PUBLIC)))
        .containsExactly("venus public", "mars public");
    assertThat(names(all(BOB).with(VisibilityFilter.PRIVATE))).containsExactly("venus private");
    assertThat(names(all(BOB).with(VisibilityFilter.SHARED)))
        .containsExactly("mars accepted", "venus shared");
    assertThat(names(all(BOB).with(VisibilityFilter.ALL)))
        .containsExactly(
            "mars accepted",
            "venus public",
            "venus community",
            "venus shared",
            "venus private",
            "mars public",
            "mars community");
  }

  @ParameterizedTest
  @EnumSource(Visibility.class)
  default void showsAnAdminOneVisibilityIfAskedFor(Visibility visibility) {
    everyVisibility();

    assertThat(listImages(all(ROOT).with(VisibilityFilter.only(visibility))))
        .hasSize(visibility == Visibility.SHARED ? 5 : 2)
        .allMatch(image -> image.visibility() == visibility);
  }

  @Test
  default void showsWhatIsSharedByWhatBecameOfIt() {
    everyVisibility();
    ImageQuery shared = all(BOB).with(VisibilityFilter.SHARED);

    assertThat(names(shared.withMemberStatus(MemberStatus.PENDING)))
        .containsExactly("mars pending", "venus shared");
    assertThat(names(shared.withMemberStatus(MemberStatus.REJECTED)))
        .containsExactly("mars rejected", "venus shared");
    assertThat(names(shared.withMemberStatus(null)))
        .containsExactly("mars rejected", "mars accepted", "mars pending", "venus shared");
  }

  @Test
  default void noLongerShowsAMemberWhatIsNoLongerShared() {
    Image image = sharedWithVenus("a", MemberStatus.ACCEPTED);
    registry()
        .images()
        .change(
            image.id(), now -> ImageMetadata.change(now).visibility(Visibility.PRIVATE).build());

    assertThat(names(all(BOB))).isEmpty();
  }

  @Test
  default void listsNothingThatIsKilledOrDeleted() {
    for (ImageStatus status : ImageStatus.values()) {
      imageThatIs(status);
    }

    for (Requester viewer : List.of(ALICE, ROOT)) {
      assertThat(listImages(all(viewer)))
          .extracting(Image::status)
          .containsExactlyInAnyOrder(
              ImageStatus.QUEUED,
              ImageStatus.SAVING,
              ImageStatus.UPLOADING,
              ImageStatus.IMPORTING,
              ImageStatus.ACTIVE,
              ImageStatus.DEACTIVATED);
      assertThat(
              listImages(
                  all(viewer)
                      .matching(
                          new ImageFilter.Text(
                              ImageField.STATUS, List.of("killed", "deleted", "pending_delete")))))
          .isEmpty();
    }
  }

  @Test
  default void listsEitherTheHiddenOrTheOthers() {
    image("seen");
    image("mars", "hidden", it -> it.osHidden(true));

    assertThat(names(all(ALICE))).containsExactly("seen");
    assertThat(names(all(ALICE).withHidden(true))).containsExactly("hidden");
  }

  @Test
  default void matchesText() {
    Image a = image("mars", "a", it -> it.diskFormat("raw").containerFormat("bare"));
    image("mars", "b, \"c\"", it -> it.diskFormat("iso").containerFormat("ova"));
    uploaded(image("A'; drop table images; --"));

    assertThat(matching(ImageField.NAME, "a")).containsExactly("a");
    assertThat(matching(ImageField.NAME, "b, \"c\"", "a", "zz")).containsExactly("b, \"c\"", "a");
    assertThat(matching(ImageField.NAME, "A'; drop table images; --")).hasSize(1);
    assertThat(matching(ImageField.ID, a.id().toString(), "1-1-1-1-1", "no id"))
        .containsExactly("a");
    assertThat(matching(ImageField.ID, a.id().toString().toUpperCase(Locale.ROOT)))
        .containsExactly("a");
    assertThat(matching(ImageField.ID, "no id")).isEmpty();
    assertThat(matching(ImageField.STATUS, "queued")).containsExactly("b, \"c\"", "a");
    assertThat(matching(ImageField.STATUS, "no status")).isEmpty();
    assertThat(matching(ImageField.DISK_FORMAT, "iso")).containsExactly("b, \"c\"");
    assertThat(matching(ImageField.CONTAINER_FORMAT, "bare", "ova")).hasSize(2);
    assertThat(matching(ImageField.OWNER, "mars")).hasSize(3);
    assertThat(matching(ImageField.OWNER, "venus")).isEmpty();
    assertThat(matching(ImageField.CHECKSUM, DATA.checksum())).hasSize(1);
    assertThat(matching(ImageField.OS_HASH_VALUE, DATA.sha512())).hasSize(1);
    assertThat(matching(ImageField.OS_HASH_ALGO, "sha512")).hasSize(1);
  }

  private List<@Nullable String> matching(ImageField field, String... values) {
    return matching(new ImageFilter.Text(field, List.of(values)));
  }

  private List<@Nullable String> matching(ImageFilter... filters) {
    return names(all(ALICE).matching(filters));
  }

  @Test
  default void comparesNumbers() {
    image("none");
    image("mars", "ten", it -> it.minDisk(10).minRam(20));
    uploaded(image("large"));
    long size = DATA.size();

    assertThat(matching(number(ImageField.SIZE, Comparison.EQ, size))).containsExactly("large");
    assertThat(matching(number(ImageField.SIZE, Comparison.GTE, size))).containsExactly("large");
    assertThat(matching(number(ImageField.SIZE, Comparison.LTE, size))).containsExactly("large");
    assertThat(matching(number(ImageField.SIZE, Comparison.GT, size))).isEmpty();
    assertThat(matching(number(ImageField.SIZE, Comparison.LT, size))).isEmpty();
    assertThat(matching(number(ImageField.SIZE, Comparison.NEQ, 5))).containsExactly("large");
    assertThat(matching(number(ImageField.MIN_DISK, Comparison.GT, 9))).containsExactly("ten");
    assertThat(matching(number(ImageField.MIN_RAM, Comparison.NEQ, 20)))
        .containsExactly("large", "none");
    assertThat(
            matching(
                number(ImageField.MIN_RAM, Comparison.GTE, 20),
                number(ImageField.MIN_DISK, Comparison.LT, 10)))
        .isEmpty();
  }

  private static ImageFilter number(ImageField field, Comparison comparison, long value) {
    return new ImageFilter.Amount(field, comparison, value);
  }

  @Test
  default void comparesTimesToTheSecond() {
    Instant second = image("a").createdAt();
    // Each image comes a second after the one before; this one less than that.
    clock().advance(Duration.ofMillis(-600));
    image("late in the same second");
    image("b");

    assertThat(matching(created(Comparison.EQ, second)))
        .containsExactly("late in the same second", "a");
    assertThat(matching(created(Comparison.NEQ, second))).containsExactly("b");
    assertThat(matching(created(Comparison.GT, second))).containsExactly("b");
    assertThat(matching(created(Comparison.GTE, second)))
        .containsExactly("b", "late in the same second", "a");
    assertThat(matching(created(Comparison.LT, second))).isEmpty();
    assertThat(matching(created(Comparison.LTE, second)))
        .containsExactly("late in the same second", "a");
  }

  @Test
  default void tellsCreationFromChange() {
    Image a = image("a");
    clock().advance(Duration.ofSeconds(1));
    image("b");
    registry().images().change(a.id(), now -> ImageMetadata.change(now).minRam(1).build());

    assertThat(matching(new ImageFilter.Time(ImageField.UPDATED_AT, Comparison.GT, a.createdAt())))
        .containsExactly("b", "a");
    assertThat(matching(created(Comparison.GT, a.createdAt()))).containsExactly("b");
  }

  private static ImageFilter created(Comparison comparison, Instant at) {
    return new ImageFilter.Time(ImageField.CREATED_AT, comparison, at);
  }

  @Test
  default void matchesTagsPropertiesAndProtection() {
    image("mars", "a", it -> it.tag("x").tag("y").property("k", "1").isProtected(true));
    image("mars", "b", it -> it.tag("x").property("k", "2").property("l", "1"));

    assertThat(matching(new ImageFilter.Tag("x"))).containsExactly("b", "a");
    assertThat(matching(new ImageFilter.Tag("x"), new ImageFilter.Tag("y"))).containsExactly("a");
    assertThat(matching(new ImageFilter.Property("k", "2"))).containsExactly("b");
    assertThat(matching(new ImageFilter.Property("l", "1"), new ImageFilter.Property("k", "1")))
        .isEmpty();
    assertThat(matching(new ImageFilter.Flag(ImageField.PROTECTED, true))).containsExactly("a");
    assertThat(matching(new ImageFilter.Flag(ImageField.PROTECTED, false))).containsExactly("b");
  }
}
