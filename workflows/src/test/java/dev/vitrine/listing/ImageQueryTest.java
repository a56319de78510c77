package dev.vitrine.listing;

import static dev.vitrine.listing.ImageQuery.SortKey.ascending;
import static dev.vitrine.listing.ImageQuery.SortKey.descending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.Comparison;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.ImageFilter.TextField;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.VisibilityFilter;
import dev.vitrine.listing.ImageQuery.SortField;
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
    assertThatThrownBy(() -> new ImageFilter.Text(TextField.NAME, List.of()))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("NAME");
    assertThatThrownBy(() -> Comparison.of("ge"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("'ge'")
        .hasMessageContaining("eq, neq, gt, gte, lt, lte");
  }

  @ParameterizedTest
  @EnumSource(Comparison.class)
  void readsAComparisonByItsName(Comparison comparison) {
    assertThat(Comparison.of(comparison.wireName())).isEqualTo(comparison);
  }
}
