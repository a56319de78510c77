package dev.vitrine.database;

import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.cache.JdbiCache;
import org.jdbi.v3.core.cache.JdbiCacheBuilder;
import org.jdbi.v3.core.cache.JdbiCacheLoader;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * For statements that are put together of what a request asks, of which nearly each is another one.
 * Nothing is kept of them: JDBI keeps a thousand statements, rendered and parsed, however long each
 * is, and a caller could fill the memory with them; PostgreSQL keeps a plan that was made for other
 * values, and what is right for a common value reads everything to find a rare one.
 *
 * <p>None takes longer than its limit: what no index answers ends in {@link
 * dev.vitrine.error.VitrineException.Unavailable}, and takes no connection away for long.
 */
public final class UncachedStatement {

  /** For what people wait for. */
  public static final Duration LIMIT = Duration.ofSeconds(10);

  private static final SqlParser PARSER = new ColonPrefixSqlParser(new NoCache());

  private UncachedStatement() {}

  /** A query of such a statement. */
  public static Query query(Handle handle, String sql) {
    return query(handle, sql, LIMIT);
  }

  /**
   * A query of such a statement.
   *
   * @param limit whole seconds
   */
  static Query query(Handle handle, String sql, Duration limit) {
    return handle
        .createQuery(sql)
        .configure(
            SqlStatements.class,
            statement -> statement.setTemplateCache(new NoCache()).setSqlParser(PARSER))
        .addCustomizer(handle.getConfig(Once.class).customizer(limit));
  }

  /** What the driver is told of such a statement, which differs between the databases. */
  public static final class Once implements JdbiConfig<Once> {

    private Function<Duration, StatementCustomizer> customizer =
        limit -> new StatementCustomizer() {};

    /** As JDBI makes it. */
    public Once() {}

    /** Replaces it, for a limit. */
    public void set(Function<Duration, StatementCustomizer> of) {
      customizer = of;
    }

    private StatementCustomizer customizer(Duration limit) {
      return customizer.apply(limit);
    }

    @Override
    public Once createCopy() {
      Once copy = new Once();
      copy.customizer = customizer;
      return copy;
    }
  }

  /** Loads each time. */
  private static final class NoCache implements JdbiCacheBuilder {

    @Override
    public <K, V> JdbiCache<K, V> build() {
      return new Loading<>(null);
    }

    @Override
    public <K, V> JdbiCache<K, V> buildWithLoader(JdbiCacheLoader<K, V> loader) {
      return new Loading<>(loader);
    }

    @Override
    public JdbiCacheBuilder maxSize(int size) {
      return this;
    }
  }

  private record Loading<K, V>(@Nullable JdbiCacheLoader<K, V> loader) implements JdbiCache<K, V> {

    @Override
    public @Nullable V get(K key) {
      return loader == null ? null : loader.create(key);
    }

    @Override
    public V getWithLoader(K key, JdbiCacheLoader<K, V> given) {
      return given.create(key);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // As JDBI declares it.
    public <T> T getStats() {
      throw new UnsupportedOperationException("nothing is kept, so nothing is counted");
    }
  }
}
