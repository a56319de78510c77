package dev.vitrine.registry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.database.Database;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.VisibilityFilter;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.listing.ImageQuery.SortField;
import dev.vitrine.listing.ImageQuery.SortKey;
import dev.vitrine.registry.RegistryContract;
import dev.vitrine.registry.Samples;
import dev.vitrine.registry.Together;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite. */
final class SqliteRegistryTest extends RegistryContract {

  @TempDir static Path folder;

  @Override
  protected RegistryConfig config() {
    return RegistryConfig.of("jdbc:sqlite:" + folder.resolve("registry.db"));
  }

  @Override
  protected Connection connect() throws SQLException {
    return DriverManager.getConnection(config().database().url());
  }

  @Test
  void isOpenedByManyAtOnce() throws Exception {
    RegistryConfig config = RegistryConfig.of("jdbc:sqlite:" + folder.resolve("fresh.db"));

    List<Object> outcomes =
        Together.run(
            4,
            i -> {
              Registries.open(config, Clock.systemUTC()).close();
              return "open";
            });

    assertThat(outcomes).containsOnly("open");
  }

  @Test
  void readsEveryPageFromIndexes() {
    queued();
    Image marker = queued();
    SortKey byName = SortKey.ascending(SortField.NAME);

    ImageQuery everything = ImageQuery.of(Samples.ROOT, 25);
    assertThat(plan(everything, null)).contains("SCAN i USING INDEX images_listed\n");
    assertThat(plan(everything, marker))
        .contains("SEARCH i USING INDEX images_listed ((created_at,id)<(?,?))");
    assertThat(plan(everything.sortedBy(byName), null))
        .contains("SCAN i USING INDEX images_listed_by_name\n");
    ImageFilter active = new ImageFilter.Text(ImageField.STATUS, "active");
    for (@Nullable Image after : Arrays.asList(null, marker)) {
      ImageQuery query = ImageQuery.of(Samples.ALICE, 25);
      assertThat(plan(query.matching(active), after))
          .contains(
              "i USING INDEX images_of_owner (owner=?",
              "i USING INDEX images_of_visibility (visibility=?",
              "m USING INDEX image_members_by_member (member=?",
              "i USING INDEX sqlite_autoindex_images_1 (id=?)")
          .doesNotContain("images_by_status");
      assertThat(plan(query.with(VisibilityFilter.SHARED), after))
          .contains("images_of_owner (", "image_members_by_member (")
          .doesNotContain("images_of_visibility");
      assertThat(plan(query.sortedBy(byName), after))
          .contains("images_of_owner_by_name (", "images_of_visibility_by_name (");
    }
    assertThat(plan(everything.matching(active), null))
        .contains("SCAN i USING INDEX images_listed\n");
  }

  private String plan(ImageQuery query, @Nullable Image marker) {
    ImagePage page =
        ImagePage.of(query, new ImageAccess(Permissions.DEFAULT).visible(query.viewer()), marker);
    try (Database database = Registries.database(config().database(), clock())) {
      return database.read(
          handle ->
              String.join(
                  "\n",
                  handle
                      .createQuery("explain query plan " + page.sql())
                      .bindMap(page.values())
                      .map((rs, ctx) -> rs.getString("detail"))
                      .list()));
    }
  }

  @Test
  void saysThatItsFileCantBeOpened() {
    RegistryConfig config =
        RegistryConfig.of("jdbc:sqlite:" + folder.resolve("missing").resolve("registry.db"));

    assertThatThrownBy(() -> Registries.open(config, Clock.systemUTC()))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("missing");
  }
}
