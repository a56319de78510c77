package dev.vitrine.database;

import dev.vitrine.error.VitrineException.Invalid;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is.
 *
 * @param url {@code jdbc:postgresql:} or {@code jdbc:sqlite:} with a file
 * @param user null if the URL or the database needs none
 * @param password never printed; null if none is needed
 * @param poolSize connections of this process, at least 1
 * @param slowTransaction what takes longer is logged; zero to log nothing
 */
public record DatabaseConfig(
    String url,
    @Nullable String user,
    @Nullable String password,
    int poolSize,
    Duration slowTransaction) {

  /** Enough for a process whose changes take about a millisecond each. */
  public static final int DEFAULT_POOL_SIZE = 10;

  /** What people notice. */
  public static final Duration DEFAULT_SLOW_TRANSACTION = Duration.ofSeconds(1);

  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  private static final Pattern USER_INFORMATION = Pattern.compile("//[^/@]*@");

  @SuppressWarnings("ConstantValue")
  public DatabaseConfig {
    if (url == null || !(url.startsWith(SQLITE) || url.startsWith(POSTGRESQL))) {
      throw new Invalid(
          "registry url '%s': give jdbc:sqlite:<file> or jdbc:postgresql://<host>/<database>"
              .formatted(url == null ? "" : display(url)));
    }
    if (url.startsWith(SQLITE) && !namesFile(url)) {
      throw new Invalid(
          "registry url '%s': give a file, jdbc:sqlite:/var/lib/vitrine/registry.db for example;"
                  .formatted(display(url))
              + " a database in memory would be another one for every connection");
    }
    if (poolSize < 1) {
      throw new Invalid("registry pool-size %d: give 1 or more".formatted(poolSize));
    }
    if (slowTransaction.isNegative()) {
      throw new Invalid(
          "registry slow-transaction %s: give zero or more".formatted(slowTransaction));
    }
  }

  /** The same with everything else by default. */
  public DatabaseConfig(
      String url, @Nullable String user, @Nullable String password, int poolSize) {
    this(url, user, password, poolSize, DEFAULT_SLOW_TRANSACTION);
  }

  /** The database at that URL, everything else by default. */
  public static DatabaseConfig of(String url) {
    return new DatabaseConfig(url, null, null, DEFAULT_POOL_SIZE);
  }

  /** The same, which logs what takes longer; zero to log nothing. */
  public DatabaseConfig logging(Duration slower) {
    return new DatabaseConfig(url, user, password, poolSize, slower);
  }

  /** The URL without its parameters and user information, which may hold credentials. */
  public String displayUrl() {
    return display(url);
  }

  /** Whether it is SQLite; else it is PostgreSQL. */
  boolean isSqlite() {
    return url.startsWith(SQLITE);
  }

  /** The file of a SQLite database, as the URL names it. */
  String sqliteFile() {
    return url.substring(SQLITE.length()).replaceFirst("\\?.*", "");
  }

  @Override
  public String toString() {
    return "DatabaseConfig[url=%s, user=%s, password=%s, poolSize=%d]"
        .formatted(displayUrl(), user, password == null ? "none" : "***", poolSize);
  }

  private static boolean namesFile(String url) {
    String file = display(url).substring(SQLITE.length());
    return !file.isBlank() && !file.contains(":memory:") && !url.contains("mode=memory");
  }

  private static String display(String url) {
    int query = url.indexOf('?');
    String bare = query < 0 ? url : url.substring(0, query);
    return USER_INFORMATION.matcher(bare).replaceFirst("//");
  }
}
