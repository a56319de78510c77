package dev.vitrine.registry;

import static dev.vitrine.listing.ImageQuery.SortKey.ascending;
import static dev.vitrine.listing.ImageQuery.SortKey.descending;
import static dev.vitrine.registry.Samples.ALICE;
import static dev.vitrine.registry.Samples.BOB;
import static dev.vitrine.registry.Samples.ROOT;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.Image;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.Visibility;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.listing.ImageQuery.SortField;
import dev.vitrine.listing.ImageQuery.SortKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pages of images: in which order, and where one begins. */
interface PagingContract extends ListingFixture {

  @Test
  default void sortsByCodePointWithNullFirst() {
    for (String name : Arrays.asList("b", null, "B", "ä", "a", "", null, "a b", "🐧")) {
      image(name);
    }

    List<@Nullable String> sorted =
        new ArrayList<>(Arrays.asList(null, null, "", "B", "a", "a b", "b", "ä", "🐧"));
    assertThat(names(all(ALICE).sortedBy(ascending(SortField.NAME)))).isEqualTo(sorted);
    Collections.reverse(sorted);
    assertThat(names(all(ALICE).sortedBy(descending(SortField.NAME)))).isEqualTo(sorted);
  }

  /** As the images are made: with much that is equal and much that is null. */
  private List<Image> variety() {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      int n = i;
      Image image =
          image(
              i % 2 == 0 ? "venus" : "mars",
              i % 4 == 0 ? null : "name " + i % 3,
              it ->
                  it.diskFormat(n % 5 == 0 ? null : n % 2 == 0 ? "raw" : "qcow2")
                      .containerFormat(n % 3 == 0 ? null : "bare")
                      .visibility(n % 7 == 0 ? Visibility.PUBLIC : Visibility.SHARED));
      if (i % 6 == 1) {
        image = uploaded(image);
      }
      if (i % 5 == 3) {
        registry().members().add(image.id(), "mars".equals(image.owner()) ? "venus" : "mars");
      }
      images.add(image);
    }
    return images;
  }

  static Stream<List<SortKey>> orders() {
    Stream<List<SortKey>> single =
        Arrays.stream(SortField.values())
            .flatMap(field -> Stream.of(List.of(ascending(field)), List.of(descending(field))));
    Stream<List<SortKey>> several =
        Stream.of(
            List.of(),
            List.of(ascending(SortField.NAME), descending(SortField.SIZE)),
            List.of(descending(SortField.DISK_FORMAT), ascending(SortField.NAME)),
            List.of(
                descending(SortField.SIZE),
                ascending(SortField.CONTAINER_FORMAT),
                descending(SortField.NAME),
                ascending(SortField.CREATED_AT),
                descending(SortField.ID)),
            List.of(ascending(SortField.STATUS), descending(SortField.UPDATED_AT)));
    return Stream.concat(single, several);
  }

  @Test
  default void goesThroughAllImagesPageByPageInEveryOrder() {
    List<Image> images = variety();

    for (Requester viewer : List.of(ROOT, Requester.admin("root", "mars"))) {
      for (List<SortKey> order : orders().toList()) {
        ImageQuery query = ImageQuery.of(viewer, 5).sortedBy(order.toArray(SortKey[]::new));
        assertThat(pages(query))
            .as("%s", order)
            .isEqualTo(images.stream().sorted(comparator(query.order())).toList());
      }
    }
  }

  @Test
  default void goesThroughAProjectsImagesPageByPageInEveryOrder() {
    List<Image> visible =
        variety().stream()
            .filter(
                image ->
                    image.owner().equals("mars")
                        || image.visibility() == Visibility.PUBLIC
                        || registry().lookup().isMember(image.id(), "mars"))
            .toList();
    assertThat(visible).hasSizeBetween(15, 20);

    for (List<SortKey> order : orders().toList()) {
      ImageQuery query =
          ImageQuery.of(ALICE, 4)
              .withMemberStatus(MemberStatus.PENDING)
              .sortedBy(order.toArray(SortKey[]::new));
      assertThat(pages(query))
          .as("%s", order)
          .isEqualTo(visible.stream().sorted(comparator(query.order())).toList());
    }
  }

  private List<Image> pages(ImageQuery first) {
    List<Image> all = new ArrayList<>();
    List<Image> page = listImages(first);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = listImages(first.after(page.get(page.size() - 1).id()));
    }
    return all;
  }

  private static Comparator<Image> comparator(List<SortKey> order) {
    return order.stream().map(PagingContract::comparator).reduce(Comparator::thenComparing).get();
  }

  private static Comparator<Image> comparator(SortKey key) {
    Comparator<String> text = Comparator.nullsFirst(Comparator.naturalOrder());
    Comparator<Image> ascending =
        switch (key.field()) {
          case NAME -> Comparator.comparing(Image::name, text);
          case STATUS -> Comparator.comparing(image -> image.status().wireName());
          case CONTAINER_FORMAT -> Comparator.comparing(Image::containerFormat, text);
          case DISK_FORMAT -> Comparator.comparing(Image::diskFormat, text);
          case SIZE ->
              Comparator.comparing(Image::size, Comparator.nullsFirst(Comparator.naturalOrder()));
          case ID -> Comparator.comparing(image -> image.id().toString());
          case CREATED_AT -> Comparator.comparing(Image::createdAt);
          case UPDATED_AT -> Comparator.comparing(Image::updatedAt);
        };
    return key.descending() ? ascending.reversed() : ascending;
  }

  @Test
  default void losesNoImageOfOneMoment() {
    List<UUID> ids =
        IntStream.range(0, 10)
            .mapToObj(i -> queued())
            .map(Image::id)
            .sorted(Comparator.comparing(UUID::toString))
            .toList();

    assertThat(pages(ImageQuery.of(ALICE, 3).sortedBy(ascending(SortField.CREATED_AT))))
        .extracting(Image::id)
        .containsExactlyElementsOf(ids);
  }

  @Test
  default void goesOnAfterAnImageThatWasDeletedMeanwhile() {
    image("old");
    Image marker = image("deleted");
    image("new");
    registry().deletions().delete(op(), marker.id(), Duration.ZERO);

    assertThat(names(all(ALICE).after(marker.id()))).containsExactly("old");
  }

  @Test
  default void refusesAMarkerThatTheViewerMayNotSee() {
    Image hidden = image("mars", "private", Visibility.PRIVATE);
    Image shared = sharedWithVenus("shared", MemberStatus.PENDING);
    UUID unknown = UUID.randomUUID();

    for (UUID marker : List.of(hidden.id(), unknown)) {
      assertThatThrownBy(() -> listImages(all(BOB).after(marker)))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining(marker.toString());
    }
    assertThat(listImages(all(BOB).after(shared.id()))).isEmpty();
    assertThat(listImages(all(ROOT).after(shared.id()))).hasSize(1);
  }

  @Test
  default void listsNoMoreThanTheLimit() {
    image("a");
    image("b");

    assertThat(names(ImageQuery.of(ALICE, 0))).isEmpty();
    assertThat(names(ImageQuery.of(ALICE, 1))).containsExactly("b");
    assertThat(names(ImageQuery.of(ALICE, 3))).containsExactly("b", "a");
  }
}
