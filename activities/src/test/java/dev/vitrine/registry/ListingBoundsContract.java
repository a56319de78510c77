package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.ALICE;
import static dev.vitrine.registry.Samples.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.image.Comparison;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.VisibilityFilter;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.listing.ImageQuery.SortField;
import dev.vitrine.listing.ImageQuery.SortKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The longest questions that may be asked are answered. What is longer is refused before. */
interface ListingBoundsContract extends ListingFixture {

  /** Every key, in alternate directions, so that no two can be compared as one. */
  private static SortKey[] everyKey() {
    List<SortField> fields = List.of(SortField.values());
    return IntStream.range(0, fields.size())
        .mapToObj(i -> new SortKey(fields.get(i), i % 2 == 0))
        .toArray(SortKey[]::new);
  }

  private ImageQuery longest(Requester viewer, ImageFilter... filters) {
    return all(viewer).with(VisibilityFilter.ALL).sortedBy(everyKey()).matching(filters);
  }

  @Test
  default void answersForAsManyPropertiesAndTagsAsMayBeAskedFor() {
    int half = ImageQuery.MOST_FILTERS / 2;
    Map<String, String> properties = new HashMap<>();
    List<String> tags = new ArrayList<>();
    List<ImageFilter> filters = new ArrayList<>();
    for (int i = 0; i < half; i++) {
      properties.put("p" + i, "v" + i);
      tags.add("t" + i);
      filters.add(new ImageFilter.Property("p" + i, "v" + i));
      filters.add(new ImageFilter.Tag("t" + i));
    }
    Image last = image("mars", "a", it -> it.properties(properties).tags(tags));
    Image first = image("mars", "b", it -> it.properties(properties).tags(tags));
    image("mars", "c", it -> it.properties(properties));
    for (Requester viewer : List.of(ALICE, ROOT)) {
      ImageQuery query = longest(viewer, filters.toArray(ImageFilter[]::new));
      assertThat(names(query)).containsExactly("b", "a");
      assertThat(names(query.after(first.id()))).containsExactly("a");
      assertThat(names(query.after(last.id()))).isEmpty();
    }
  }

  @Test
  default void answersForAsManyValuesAsMayBeAskedFor() {
    Image found = image("mars", "n1", it -> it);
    int half = ImageQuery.MOST_VALUES / 2;
    List<String> names = IntStream.range(0, half).mapToObj(i -> "n" + i).toList();
    List<String> ids =
        Stream.concat(
                Stream.of(found.id().toString()),
                Stream.generate(() -> UUID.randomUUID().toString()))
            .limit(half)
            .toList();
    for (Requester viewer : List.of(ALICE, ROOT)) {
      ImageQuery query =
          longest(
              viewer,
              new ImageFilter.Text(ImageField.NAME, names),
              new ImageFilter.Text(ImageField.ID, ids));
      assertThat(names(query)).containsExactly("n1");
      assertThat(names(query.after(found.id()))).isEmpty();
    }
  }

  /** Also where a database would count years with five digits, or from before Christ. */
  @Test
  default void comparesWithTimesAtTheEndsOfTheCalendar() {
    image("a");
    for (String end : List.of("9999-12-31T23:59:59Z", "+10000-01-01T00:00:00Z")) {
      assertThat(names(created(Comparison.LTE, end))).as(end).containsExactly("a");
      assertThat(names(created(Comparison.LT, end))).as(end).containsExactly("a");
      assertThat(names(created(Comparison.NEQ, end))).as(end).containsExactly("a");
      assertThat(names(created(Comparison.GT, end))).as(end).isEmpty();
    }
    for (String end : List.of("0001-01-01T00:00:00Z", "-0001-01-01T00:00:00Z")) {
      assertThat(names(created(Comparison.GTE, end))).as(end).containsExactly("a");
      assertThat(names(created(Comparison.LT, end))).as(end).isEmpty();
    }
  }

  private ImageQuery created(Comparison comparison, String time) {
    return all(ALICE)
        .matching(new ImageFilter.Time(ImageField.CREATED_AT, comparison, Instant.parse(time)));
  }

  /** White space and the forms of one letter tell texts apart, as they were stored. */
  @Test
  default void comparesTextsLetterForLetter() {
    for (String name : List.of("pad", "pad ", " pad", "PAD", "p\u00e4d", "pa\u0308d", " ", "")) {
      image("mars", name, it -> it.tags(List.of("t" + name)).property("k" + name, "v" + name));
    }
    for (String name : List.of("pad", "pad ", " pad", "PAD", "p\u00e4d", "pa\u0308d", " ", "")) {
      assertThat(names(all(ALICE).matching(new ImageFilter.Text(ImageField.NAME, name))))
          .containsExactly(name);
      assertThat(names(all(ALICE).matching(new ImageFilter.Tag("t" + name)))).containsExactly(name);
      assertThat(names(all(ALICE).matching(new ImageFilter.Property("k" + name, "v" + name))))
          .containsExactly(name);
    }
  }
}
