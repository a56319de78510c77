package dev.vitrine.bench.growth;

import dev.vitrine.database.DatabaseConfig;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Limits;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;

/** A registry of so many images. What is made for it is removed with it. */
final class GrownRegistry implements AutoCloseable {

  private final int size;
  private final GrowthPlan plan;
  private final Registry registry;

  private GrownRegistry(int size, GrowthPlan plan, Registry registry) {
    this.size = size;
    this.plan = plan;
    this.registry = registry;
  }

  /** Makes one. */
  static GrownRegistry make(int size, GrowthPlan plan) {
    String base = plan.registry();
    String url =
        base == null
            ? "jdbc:sqlite:" + plan.directory().resolve("growth-" + size + ".db")
            : base + (base.contains("?") ? "&" : "?") + "currentSchema=" + schema(size);
    if (base != null) {
      execute(base, List.of("create schema " + schema(size)));
    }
    RegistryConfig config = RegistryConfig.of(new DatabaseConfig(url, null, null, 2));
    // Quotas that hold everything: what is measured is how they are checked.
    Limits all = Limits.DEFAULT;
    Limits checked =
        new Limits(
            all.properties(),
            all.tags(),
            all.members(),
            all.locations(),
            all.metadata(),
            all.property(),
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Integer.MAX_VALUE);
    Registry registry = Registries.open(config.withLimits(checked), Clock.systemUTC());
    GrownRegistry grown = new GrownRegistry(size, plan, registry);
    try {
      execute(url, GeneratedRows.of(size, Math.min(plan.transfers(), size / 2), base != null));
      return grown;
    } catch (RuntimeException e) {
      grown.close();
      throw e;
    }
  }

  int size() {
    return size;
  }

  Registry registry() {
    return registry;
  }

  @Override
  public void close() {
    registry.close();
    String base = plan.registry();
    if (base != null) {
      execute(base, List.of("drop schema " + schema(size) + " cascade"));
    }
  }

  private static String schema(int size) {
    return "vitrine_bench_" + size;
  }

  private static void execute(String url, List<String> statements) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    } catch (SQLException e) {
      throw new Unavailable(
          "%s: %s".formatted(DatabaseConfig.of(url).displayUrl(), e.getMessage()));
    }
  }
}
