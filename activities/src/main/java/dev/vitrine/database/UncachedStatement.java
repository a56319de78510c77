package dev.vitrine.database;

import org.jdbi.v3.core.cache.JdbiCache;
import org.jdbi.v3.core.cache.JdbiCacheBuilder;
import org.jdbi.v3.core.cache.JdbiCacheLoader;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * For statements that are put together of what a request asks. JDBI keeps a thousand statements,
 * rendered and parsed, however long each is; of these nearly each is another one, and a caller
 * could fill the memory with them.
 */
public final class UncachedStatement {

  private static final SqlParser PARSER = new ColonPrefixSqlParser(new NoCache());

  private UncachedStatement() {}

  /** Lets a statement be rendered and parsed for this use alone. */
  public static void configure(SqlStatements statement) {
    statement.setTemplateCache(new NoCache()).setSqlParser(PARSER);
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
