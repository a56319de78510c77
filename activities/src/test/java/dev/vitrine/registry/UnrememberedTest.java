package dev.vitrine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Relation;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.listing.ImageQuery;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.cache.internal.DefaultJdbiCacheStats;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request makes of a statement is not kept when it is answered. */
final class UnrememberedTest {

  @TempDir private Path folder;

  @Test
  void keepsNothingOfWhatRequestsPutTogether() {
    String url = "jdbc:sqlite:" + folder.resolve("registry.db");
    Registries.open(RegistryConfig.of(url), Clock.systemUTC()).close();
    Jdbi jdbi = Jdbi.create(url);
    new SqliteDialect().configure(jdbi);
    Set<Relation> seen = new ImageAccess(Permissions.DEFAULT).visible(Samples.ALICE);
    int statements = size(jdbi);
    for (int filters = 0; filters < 50; filters++) {
      ImageQuery query =
          ImageQuery.of(Samples.ALICE, 25)
              .matching(
                  IntStream.range(0, filters)
                      .mapToObj(i -> new ImageFilter.Tag("t" + i))
                      .toArray(ImageFilter[]::new));
      assertThat(
              jdbi.<Integer, RuntimeException>withHandle(
                  handle -> new ImagesTable(handle).page(ImagePage.of(query, seen, null)).size()))
          .isZero();
    }
    assertThat(size(jdbi)).isEqualTo(statements);
    jdbi.useHandle(handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
    assertThat(size(jdbi)).as("what the test looks at").isEqualTo(statements + 2);
  }

  private static int size(Jdbi jdbi) {
    SqlStatements statements = jdbi.getConfig(SqlStatements.class);
    DefaultJdbiCacheStats rendered = statements.cacheStats();
    DefaultJdbiCacheStats parsed = ((ColonPrefixSqlParser) statements.getSqlParser()).cacheStats();
    return rendered.cacheSize() + parsed.cacheSize();
  }
}
