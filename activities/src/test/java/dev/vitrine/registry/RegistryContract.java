package dev.vitrine.registry;

import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** What every registry does, on whatever database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RegistryContract
    implements ImageContract,
        AuditContract,
        EventsContract,
        DeactivationContract,
        ImageEdgesContract,
        StageContract,
        ImportsContract,
        LocationImportsContract,
        CopiesContract,
        IdempotencyContract,
        ConcurrencyContract,
        MetadataContract,
        SizesContract,
        ListingContract,
        ListingBoundsContract,
        PagingContract,
        MembersContract,
        LocationsContract,
        QuotaContract,
        TaskListingContract,
        KeysContract,
        StreamHostsContract,
        SourceQueriesContract,
        TaskContract,
        HousekeepingContract,
        InstallationContract {

  private static final List<String> TABLES =
      List.of(
          "idempotency_keys",
          "stream_hosts",
          "history",
          "webhooks",
          "dead_letters",
          "tasks",
          "image_members",
          "image_locations",
          "image_tags",
          "image_properties",
          "images",
          "reserved_ids");

  private final AdjustableClock clock = new AdjustableClock();
  private Registry registry;
  private Registry second;
  private Registry narrow;

  /** The database under test; the same for the whole class. */
  protected abstract RegistryConfig config();

  protected abstract Connection connect() throws SQLException;

  @BeforeAll
  void openRegistries() {
    registry = Registries.open(config(), clock);
    second = Registries.open(config(), clock);
    narrow = Registries.open(config().withLimits(NARROW), clock);
  }

  @BeforeEach
  void emptyTables() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.executeUpdate("delete from " + table);
      }
    }
  }

  @AfterAll
  void closeRegistries() {
    registry.close();
    second.close();
    narrow.close();
  }

  @Override
  public Registry registry() {
    return registry;
  }

  @Override
  public Registry secondRegistry() {
    return second;
  }

  @Override
  public Registry narrowRegistry() {
    return narrow;
  }

  @Override
  public Registry reopened() {
    return Registries.open(config(), clock);
  }

  @Override
  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Override
  public AdjustableClock clock() {
    return clock;
  }
}
