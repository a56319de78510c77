package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.torture.Torture;
import dev.vitrine.torture.TorturePlan;
import dev.vitrine.torture.TortureReport;
import dev.vitrine.worker.RealTemporal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short run of {@code vitrine torture}, with a PostgreSQL that is restarted too. */
@Timeout(600)
class TortureIT {

  @TempDir Path directory;

  @Test
  void keepsItsPromisesWhateverIsDoneToIt() throws Exception {
    long seed = Long.getLong("vitrine.torture.seed", 20261126);
    long seconds = Long.getLong("vitrine.torture.seconds", 15);
    try (Postgres postgres = new Postgres(directory.resolve("postgres"));
        S3Server s3 = new S3Server()) {
      TortureReport report =
          new Torture(
                  new TorturePlan(
                      seed,
                      Duration.ofSeconds(seconds),
                      Duration.ofMinutes(4),
                      directory,
                      postgres.url(),
                      postgres::restart,
                      s3.place(),
                      RealTemporal.program(),
                      status -> {}))
              .run();
      System.out.println(report);
      assertThat(report.violations()).as("%s", report).isEmpty();
      assertThat(report.images()).containsKey("active");
    }
  }

  /** That keeps its data and its port over a restart. */
  private static final class Postgres implements AutoCloseable {

    private final Path data;
    private final int port = FreePort.find();
    private EmbeddedPostgres server;

    Postgres(Path data) throws IOException {
      this.data = data;
      server = begin();
    }

    private EmbeddedPostgres begin() throws IOException {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setPort(port)
          .start();
    }

    String url() {
      return server.getJdbcUrl("postgres", "postgres");
    }

    void restart() {
      try {
        server.close();
        server = begin();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
