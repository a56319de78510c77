package dev.vitrine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Unavailable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no index answers is given up, and the connection is as good as before. */
final class UncachedStatementLimitTest {

  private static final String ENDLESS =
      "with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n";

  @Test
  void givesUpAtTheEndOfTheLimit(@TempDir Path folder) {
    DatabaseConfig config = DatabaseConfig.of("jdbc:sqlite:" + folder.resolve("a.db"));
    try (Database database =
        Database.open(config, "db/vitrine", "history_of_it", Clock.systemUTC())) {
      assertThatThrownBy(() -> count(database, ENDLESS, Duration.ZERO))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("ask for less");
      assertThat(count(database, "select 7", UncachedStatement.LIMIT)).isEqualTo(7);
    }
  }

  private static int count(Database database, String sql, Duration limit) {
    return database.read(
        "a test", handle -> UncachedStatement.query(handle, sql, limit).mapTo(Integer.class).one());
  }
}
