package dev.vitrine.listing;

import static dev.vitrine.listing.ImageQuery.SortKey.ascending;
import static dev.vitrine.listing.ImageQuery.SortKey.descending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.Comparison;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.VisibilityFilter;
import dev.vitrine.listing.ImageQuery.SortField;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a query is completed with, and what it refuses. */
final class ImageQueryTest {

  private static final ImageQuery QUERY = ImageQuery.of(Requester.member("alice", "mars"), 25);

  @Test
  void listsNewestFirstByDefault() {
    assertThat(QUERY.order())
        .containsExactly(descending(SortField.CREATED_AT), descending(SortField.ID));
    assertThat(QUERY.memberStatus()).isEqualTo(MemberStatus.ACCEPTED);
    assertThat(QUERY.visibility()).isEqualTo(VisibilityFilter.USUAL);
    assertThat(QUERY.hidden()).isFalse();
    assertThat(QUERY.marker()).isNull();
  }

  @Test
  void tellsEveryTwoImagesApart() {
    assertThat(QUERY.sortedBy(ascending(SortField.NAME)).order())
        .containsExactly(
            ascending(SortField.NAME), ascending(SortField.CREATED_AT), ascending(SortField.ID));
    assertThat(QUERY.sortedBy(ascending(SortField.NAME), ascending(SortField.ID)).order())
        .containsExactly(
            ascending(SortField.NAME), ascending(SortField.ID), descending(SortField.CREATED_AT));
  }

  @Test
  void keepsWhatIsNotChanged() {
    ImageFilter filter = new ImageFilter.Tag("x");
    ImageQuery query =
        QUERY
            .with(VisibilityFilter.ALL)
            .withMemberStatus(null)
            .withHidden(true)
            .matching(filter)
            .sortedBy(ascending(SortField.ID), descending(SortField.CREATED_AT));

    assertThat(query.after(null))
        .isEqualTo(
            new ImageQuery(
                QUERY.viewer(),
                VisibilityFilter.ALL,
                null,
                true,
                List.of(filter),
                List.of(ascending(SortField.ID), descending(SortField.CREATED_AT)),
                null,
                25));
  }

  @Test
  void refusesWhatCantBeMeant() {
    assertThatThrownBy(() -> ImageQuery.of(QUERY.viewer(), -1))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("limit -1");
    assertThatThrownBy(() -> new ImageFilter.Text(ImageField.NAME, List.of()))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("name");
    assertThatThrownBy(() -> Comparison.of("ge"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("'ge'")
        .hasMessageContaining("eq, neq, gt, gte, lt, lte");
  }

  @Test
  void hasABoundForWhatGrowsWithARequest() {
    ImageFilter[] most = new ImageFilter[ImageQuery.MOST_FILTERS];
    Arrays.fill(most, new ImageFilter.Tag("t"));
    assertThat(QUERY.matching(most).filters()).hasSize(ImageQuery.MOST_FILTERS);
    ImageFilter[] more = Arrays.copyOf(most, most.length + 1);
    more[most.length] = new ImageFilter.Property("p", "v");
    assertThatThrownBy(() -> QUERY.matching(more))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("101 filters")
        .hasMessageContaining("100");
    List<String> values = Collections.nCopies(ImageQuery.MOST_VALUES, "v");
    ImageFilter filled = new ImageFilter.Text(ImageField.NAME, values);
    assertThat(QUERY.matching(filled).filters()).hasSize(1);
    assertThatThrownBy(() -> QUERY.matching(filled, new ImageFilter.Tag("t")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("1001 values");
    assertThatThrownBy(() -> QUERY.sortedBy(ascending(SortField.NAME), descending(SortField.NAME)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("'name' is given twice");
  }

  @ParameterizedTest
  @EnumSource(Comparison.class)
  void readsAComparisonByItsName(Comparison comparison) {
    assertThat(Comparison.of(comparison.wireName())).isEqualTo(comparison);
  }
}
