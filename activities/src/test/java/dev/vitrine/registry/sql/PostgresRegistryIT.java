package dev.vitrine.registry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.database.Database;
import dev.vitrine.database.DatabaseConfig;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.listing.ImageQuery;
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

  @Test
  void readsTheFirstPageOfManyFromIndexes() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          insert into images (id, name, status, min_disk, min_ram, visibility, protected, os_hidden,
                              owner, created_at, updated_at, version)
          select gen_random_uuid(), 'image ' || i, 'active', 0, 0,
                 case when i % 50 = 0 then 'public' else 'shared' end, false, false,
                 'project ' || i % 100, now() - i * interval '1 s', now(), 1
            from generate_series(1, 10000) i
          """);
      statement.execute("analyze images");
    }

    assertThat(plan(ImageQuery.of(Samples.ROOT, 25)))
        .contains("Index Scan Backward using images_listed on images")
        .doesNotContain("Seq Scan on images i");
    assertThat(plan(ImageQuery.of(Requester.member("al", "project 7"), 25)))
        .contains("images_of_owner", "images_of_visibility")
        .doesNotContain("Seq Scan on images i");
  }

  private String plan(ImageQuery query) {
    ImagePage page =
        ImagePage.of(query, new ImageAccess(Permissions.DEFAULT).visible(query.viewer()), null);
    try (Database database = Registries.database(config().database(), clock())) {
      return database.read(
          handle ->
              String.join(
                  "\n",
                  handle
                      .createQuery("explain " + page.sql())
                      .bindMap(page.values())
                      .mapTo(String.class)
                      .list()));
    }
  }

  @Test
  void namesAValueThatPostgresqlCantKeep() {
    assertThatThrownBy(
            () ->
                registry()
                    .createImage(Samples.op(), Samples.image(Map.of("nul", "a\u0000b"), List.of())))
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
