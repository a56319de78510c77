package dev.vitrine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.fake.FakeVitrine;
import dev.vitrine.process.ExecutionState;
import dev.vitrine.process.TaskHandle;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What callers are told by a server that no worker is connected to. */
class NoWorkerIT {

  @SuppressWarnings("NullAway.Init")
  private static FakeVitrine server;

  private final UUID id = UUID.randomUUID();

  @BeforeAll
  static void start() {
    server = FakeVitrine.startOnRealServerWithoutWorkers();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aDeletionIsRecordedAndNotWaitedForWithoutEnd() {
    assertThatThrownBy(() -> client().delete(id, ClientFixture.ANNA, Duration.ZERO))
        .isInstanceOf(Unavailable.class)
        .hasMessageStartingWith("deletion of image %s is recorded, but no worker".formatted(id))
        .hasMessageContaining("task queue " + FakeVitrine.QUEUES.workflows());
  }

  @Test
  void soIsAnAction() {
    assertThatThrownBy(() -> client().deactivate(id, Requester.admin("root", "ops")))
        .isInstanceOf(Unavailable.class)
        .hasMessageStartingWith("deactivate of image %s is recorded, but no worker".formatted(id));
  }

  @Test
  void aTaskThatNobodyRunsCantBeShownButItsStateCan() {
    TaskHandle task = client().startTask(ClientFixture.importing("ok"));

    assertThat(task.state())
        .isEqualTo(new ExecutionState(false, null, null, FakeVitrine.QUEUES.workflows()));
    assertThatThrownBy(task::show)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("task " + task.taskId())
        .hasMessageContaining("check that one runs");
  }

  private static VitrineClient client() {
    return VitrineClient.on(server.temporal(), FakeVitrine.INSTALLATION);
  }
}
