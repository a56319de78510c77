package dev.vitrine.registry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.database.DatabaseConfig;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.registry.RegistryContract;
import dev.vitrine.registry.Samples;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The contract on a real PostgreSQL server. */
final class PostgresRegistryIT extends RegistryContract {

  private final EmbeddedPostgres server;

  PostgresRegistryIT() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @Override
  protected RegistryConfig config() {
    return at(server.getJdbcUrl("postgres", "postgres"), "postgres");
  }

  private static RegistryConfig at(String url, String password) {
    return RegistryConfig.of(new DatabaseConfig(url, "postgres", password, 8));
  }

  @Override
  protected Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  @AfterAll
  void stopServer() throws IOException {
    server.close();
  }

  /** Numbers are given out before transactions end, so that one may appear after a greater one. */
  @Test
  void passesOverNoEventOfATransactionThatEndsAfterALaterOne() throws SQLException {
    long before = registry().events().last();
    try (Connection slow = connect();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.executeUpdate(
          """
          insert into history (noun, subject, to_status, event, changed_at, cause, operation_id,
                               workflow_id, run_id)
          values ('image', gen_random_uuid(), 'queued', 'create', now(), 'slow', 'slow-1', 'w', 'r')
          """);
      queued();

      assertThat(registry().events().after(before, 10)).isEmpty();
      assertThatThrownBy(() -> registry().events().last()).isInstanceOf(Unavailable.class);
      slow.commit();
    }

    assertThat(registry().events().after(before, 10))
        .extracting(event -> event.change().cause())
        .hasSize(2)
        .first()
        .isEqualTo("slow");
  }

  @Test
  void waitsForNobodyWhoBeganLater() throws SQLException {
    long before = registry().events().last();
    queued();
    try (Connection reader = connect();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("select count(*) from history");

      assertThat(registry().events().after(before, 10)).hasSize(1);
    }
  }

  @Test
  void namesAValueThatPostgresqlCantKeep() {
    assertThatThrownBy(
            () ->
                registry()
                    .images()
                    .create(Samples.op(), Samples.image(Map.of("nul", "a\u0000b"), List.of())))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("can't keep a value");
  }

  @Test
  void saysThatTheServerIsNotThere() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    RegistryConfig config =
        at("jdbc:postgresql://localhost:" + free + "/vitrine?password=s3cret", "s3cret");

    assertThatThrownBy(() -> Registries.open(config, Clock.systemUTC()))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("localhost:" + free)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void isUnavailableWhileTheServerHasNoConnectionLeft() throws Exception {
    try (EmbeddedPostgres small =
        EmbeddedPostgres.builder().setServerConfig("max_connections", "4").start()) {
      RegistryConfig config = at(small.getJdbcUrl("postgres", "postgres"), "postgres");
      try (Connection first = small.getPostgresDatabase().getConnection();
          Connection second = small.getPostgresDatabase().getConnection();
          Connection third = small.getPostgresDatabase().getConnection();
          Connection fourth = small.getPostgresDatabase().getConnection()) {
        assertThat(List.of(first, second, third, fourth)).allMatch(c -> true);
        assertThatThrownBy(() -> Registries.open(config, Clock.systemUTC()))
            .isInstanceOf(Unavailable.class)
            .hasMessageContaining("too many clients");
      }
    }
  }
}
