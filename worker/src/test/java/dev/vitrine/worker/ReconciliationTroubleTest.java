package dev.vitrine.worker;

import static dev.vitrine.worker.Installation.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Operation;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.workflow.reconciliation.ReconciliationResult;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be settled is named and left, and keeps nobody else waiting. */
class ReconciliationTroubleTest {

  @TempDir Path directory;
  private Installation vitrine;
  private int operations;

  @BeforeEach
  void start() throws Exception {
    vitrine = new Installation(directory);
  }

  @AfterEach
  void stop() {
    vitrine.close();
  }

  @Test
  void aRowThatTheDatabaseRefusesToChangeFailsOnceAPassAndHoldsNothingUp() throws Exception {
    UUID poisoned = saving("local");
    UUID behindIt = saving("local");
    database(
        """
        create trigger poison before update on images when old.id = '%s'
        begin select raise(abort, 'poisoned by a test'); end
        """
            .formatted(poisoned));

    ReconciliationResult pass = vitrine.reconcileInFull();

    assertThat(pass.uploadsSettled()).isEqualTo(1);
    assertThat(pass.failed()).isEqualTo(1);
    assertThat(pass.notSettled())
        .singleElement()
        .asString()
        .contains(poisoned.toString(), "poisoned by a test");
    assertThat(status(behindIt)).isEqualTo(ImageStatus.QUEUED);
    assertThat(vitrine.reconcile().failed()).isEqualTo(1);

    database("drop trigger poison");
    assertThat(vitrine.reconcile().uploadsSettled()).isEqualTo(1);
    assertThat(status(poisoned)).isEqualTo(ImageStatus.QUEUED);
  }

  @Test
  void whatLiesInAStoreThatIsNotConfiguredIsNamedAndHoldsNothingUp() throws Exception {
    for (int i = 0; i < 4; i++) {
      UUID image = saving("dismantled");
      vitrine.registry().uploads().fail(operation(), image, FailurePolicy.REQUEUE);
    }
    UUID image = saving("local");
    vitrine.registry().uploads().fail(operation(), image, FailurePolicy.REQUEUE);
    UUID upload = saving("local");

    ReconciliationResult pass = vitrine.reconcileInFull();

    assertThat(pass.failed()).isEqualTo(4);
    assertThat(pass.notSettled())
        .hasSize(4)
        .allMatch(line -> line.contains("store 'dismantled' is not configured here"));
    assertThat(pass.locationsRemoved()).isEqualTo(1);
    assertThat(status(upload)).isEqualTo(ImageStatus.QUEUED);
    assertThat(vitrine.registry().locations().of(image)).isEmpty();
  }

  private UUID saving(String store) {
    UUID id = UUID.randomUUID();
    vitrine.registry().images().create(operation(), NewImage.of(id, ALICE.project()));
    vitrine.registry().uploads().begin(operation(), id, FailurePolicy.REQUEUE, store, null);
    return id;
  }

  private Operation operation() {
    return new Operation("op-" + operations++, "a workflow that is gone", "r", "by a test");
  }

  private ImageStatus status(UUID image) {
    return vitrine.registry().lookup().find(image).orElseThrow().status();
  }

  private void database(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("registry.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 10000");
      statement.execute(sql);
    }
  }
}
