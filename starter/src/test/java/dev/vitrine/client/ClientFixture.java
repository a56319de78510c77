package dev.vitrine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.fake.FakeVitrine;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.TaskHandle;
import dev.vitrine.task.Progress;
import dev.vitrine.task.TaskInput;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the tests of the client start from: a requester, requests, and how to wait. */
abstract class ClientFixture {

  static final Requester ANNA = Requester.member("anna", "blue");
  static final Duration SOON = Duration.ofMillis(50);

  final FakeVitrine vitrine;
  final VitrineClient client;

  ClientFixture(FakeVitrine vitrine) {
    this.vitrine = vitrine;
    this.client = VitrineClient.on(vitrine.temporal(), FakeVitrine.INSTALLATION);
  }

  static Optional<Progress> progressOnceBegun(TaskHandle task) {
    try {
      return task.progress();
    } catch (Unavailable notBegun) {
      return Optional.empty();
    }
  }

  static UploadRequest upload(String wish) {
    return upload(UUID.randomUUID(), wish);
  }

  static UploadRequest upload(UUID id, String wish) {
    return new UploadRequest(
        id,
        NewImage.of(id, "blue"),
        new Source.Url("http://source/" + wish),
        FailurePolicy.REQUEUE,
        ExpectedData.NONE,
        ANNA,
        null);
  }

  static TaskRequest importing(String wish) {
    return new TaskRequest(
        UUID.randomUUID(),
        new TaskInput.Import("http://source/" + wish, "raw", Map.of("name", "x")),
        ANNA);
  }

  /** Waits for a condition by waiting for the process meanwhile; it must not end before. */
  static <T> T waitFor(
      Function<Duration, ? extends Optional<?>> process, Supplier<Optional<T>> condition) {
    for (int tries = 0; tries < 200; tries++) {
      Optional<T> value = condition.get();
      if (value.isPresent()) {
        return value.get();
      }
      assertThat(process.apply(SOON)).isEmpty();
    }
    throw new AssertionError("the condition never came true");
  }
}
