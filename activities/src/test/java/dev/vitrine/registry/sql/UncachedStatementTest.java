package dev.vitrine.registry.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Relation;
import dev.vitrine.database.Database;
import dev.vitrine.database.DatabaseConfig;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.registry.Samples;
import dev.vitrine.registry.sql.page.ImagePage;
import dev.vitrine.registry.sql.page.LeadingFilter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.cache.internal.DefaultJdbiCacheStats;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request makes of a statement is not kept when it is answered. */
final class UncachedStatementTest {

  @TempDir private Path folder;

  @Test
  void keepsNothingOfWhatRequestsPutTogether() {
    DatabaseConfig config = DatabaseConfig.of("jdbc:sqlite:" + folder.resolve("registry.db"));
    Set<Relation> seen = new ImageAccess(Permissions.DEFAULT).visible(Samples.ALICE);
    try (Database database = Registries.database(config, Clock.systemUTC())) {
      int before = database.read("test", UncachedStatementTest::size);
      for (int filters = 0; filters < 50; filters++) {
        ImageQuery query =
            ImageQuery.of(Samples.ALICE, 25)
                .matching(
                    IntStream.range(0, filters)
                        .mapToObj(i -> new ImageFilter.Tag("t" + i))
                        .toArray(ImageFilter[]::new));
        ImagePage page = ImagePage.of(query, seen, null, part -> LeadingFilter.NONE);
        List<Image> none = database.read("test", handle -> new ImagesTable(handle).page(page));
        assertThat(none).isEmpty();
      }
      int after = database.read("test", UncachedStatementTest::size);
      assertThat(after).isEqualTo(before);
      database.read("test", handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
      int another = database.read("test", UncachedStatementTest::size);
      assertThat(another).as("what the test looks at").isEqualTo(before + 2);
    }
  }

  private static int size(Handle handle) {
    SqlStatements statements = handle.getConfig(SqlStatements.class);
    DefaultJdbiCacheStats rendered = statements.cacheStats();
    DefaultJdbiCacheStats parsed = ((ColonPrefixSqlParser) statements.getSqlParser()).cacheStats();
    return rendered.cacheSize() + parsed.cacheSize();
  }
}
