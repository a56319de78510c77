package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import io.temporal.client.ActivityCanceledException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people are told while a web source is tried that can't be reached. */
@Timeout(60)
class UnreachableSourceTest extends TransferFixture {

  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @AfterEach
  void stopThread() {
    thread.shutdownNow();
  }

  @Test
  void saysWhatIsRefusedAndWhenTheNextTryIs() throws Exception {
    server.close();
    assertSaysBetweenTries(
        new Source.Url(server.url()), "/image.raw?…: connection refused; next try about 20");
  }

  @Test
  void saysWhichHostIsUnknown() throws Exception {
    assertSaysBetweenTries(
        new Source.Url("http://nowhere.invalid/image.raw?token=secret"),
        "http://nowhere.invalid/image.raw?…: its host is unknown; next try about 20");
  }

  @Test
  void saysItOfAnImageThatOnlyHasAUrl() throws Exception {
    server.close();
    UUID image = UUID.randomUUID();
    registry.image(image, ImageStatus.ACTIVE, null);
    registry.put(
        new Location(
            UUID.randomUUID(),
            image,
            Location.EXTERNAL,
            server.url(),
            LocationStatus.ACTIVE,
            Instant.EPOCH));
    assertSaysBetweenTries(
        new Source.OfImage(image), "/image.raw?…: connection refused; next try about 20");
  }

  /** To those who see the heartbeat, and to those who see the task. */
  private void assertSaysBetweenTries(Source source, String what) throws Exception {
    // The test is over long before the pause is.
    pauses = List.of(Duration.ofSeconds(9), Duration.ZERO);
    configure(100_000, Duration.ofSeconds(60), true);
    ActivityAttempt first = activity.next();
    Future<?> attempt =
        thread.submit(() -> activities.transfer(request(source, ExpectedData.NONE), first));

    assertThat(activity.awaitWaiting())
        .startsWith("try 1 of 3 failed: ")
        .contains(what)
        .endsWith("Z")
        .doesNotContain("secret");
    while (registry.progress.isEmpty()) {
      activity.awaitBeats(1);
    }
    assertThat(registry.progress.get(0).waiting()).isEqualTo(activity.last().waiting());

    activity.tell(new ActivityCanceledException());
    assertThatThrownBy(attempt::get).hasCauseInstanceOf(ActivityCanceledException.class);
  }

  @Test
  void announcesNoTryAfterTheLast() {
    server.close();
    pauses = List.of(Duration.ofMillis(1));
    configure(100_000, Duration.ofSeconds(60), true);
    failure(SourceUnusable.class, this::transfer);
    assertThat(activity.last().waiting()).isNull();
  }
}
