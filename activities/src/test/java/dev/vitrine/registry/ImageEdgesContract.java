package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageEvent;
import dev.vitrine.image.ImageLifecycle;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import dev.vitrine.lifecycle.Decision;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every status with every event: what the table decides is what happens. */
interface ImageEdgesContract extends RegistryFixture {

  /** {@link ImportsContract} has these. */
  Set<ImageEvent> OF_TASKS =
      EnumSet.of(ImageEvent.BEGIN_IMPORT, ImageEvent.IMPORT_SUCCEEDED, ImageEvent.IMPORT_FAILED);

  static Stream<Arguments> pairs() {
    return Arrays.stream(ImageStatus.values())
        .flatMap(
            status ->
                Arrays.stream(ImageEvent.values())
                    // What begins, ends and repeats an import is told by its task as well.
                    .filter(event -> !OF_TASKS.contains(event))
                    .map(event -> Arguments.of(status, event)));
  }

  @ParameterizedTest
  @MethodSource("dev.vitrine.registry.ImageEdgesContract#pairs")
  default void doesWhatTheTableDecides(ImageStatus status, ImageEvent event) {
    Image before = imageThatIs(status);
    List<HistoryEntry> historyBefore = registry().history().of(before.id());
    clock().advance(Duration.ofSeconds(1));

    Decision<ImageStatus, ImageEvent> decision = expected(status, event);

    if (decision instanceof Decision.Refusal<ImageStatus, ImageEvent> refusal) {
      assertThatThrownBy(() -> fire(before.id(), event))
          .isInstanceOf(Conflict.class)
          .hasMessage(ImageLifecycle.TABLE.explain(before.id(), refusal));
    } else {
      fire(before.id(), event);
    }

    Image after = reread(before.id());
    List<HistoryEntry> history = registry().history().of(before.id());
    if (decision instanceof Decision.Move<ImageStatus, ImageEvent> move) {
      assertThat(after.status()).isEqualTo(move.edge().to());
      assertThat(after.version()).isEqualTo(before.version() + 1);
      assertThat(after.updatedAt()).isEqualTo(before.updatedAt().plusSeconds(1));
      assertThat(history).hasSize(historyBefore.size() + 1);
      HistoryEntry last = history.get(history.size() - 1);
      assertThat(last.from()).isEqualTo(status.wireName());
      assertThat(last.to()).isEqualTo(move.edge().to().wireName());
      assertThat(last.event()).isEqualTo(move.edge().event().toString());
      assertThat(last.at()).isEqualTo(after.updatedAt());
    } else {
      assertThat(after).isEqualTo(before);
      assertThat(history).isEqualTo(historyBefore);
    }
  }

  /** The registry's word: without an edge for it, a delayed deletion is an ordinary one. */
  private static Decision<ImageStatus, ImageEvent> expected(ImageStatus status, ImageEvent event) {
    Decision<ImageStatus, ImageEvent> decision = ImageLifecycle.TABLE.decide(status, event);
    return event == ImageEvent.DELAYED_DELETE && decision instanceof Decision.Refusal
        ? ImageLifecycle.TABLE.decide(status, ImageEvent.DELETE)
        : decision;
  }

  private void fire(UUID id, ImageEvent event) {
    Registry registry = registry();
    switch (event) {
      case CREATE -> registry.images().create(op(), NewImage.of(id, "mars"));
      case CREATE_EMPTY -> registry.images().create(op(), emptyWithId(id));
      case ADD_LOCATION -> registry.locationChanges().addFirst(op(), id, "http://example.org/");
      case BEGIN_UPLOAD -> registry.uploads().begin(op(), id, FailurePolicy.REQUEUE, "main", null);
      case UPLOAD_SUCCEEDED -> complete(id);
      case UPLOAD_KILLED -> registry.uploads().fail(op(), id, FailurePolicy.KILL);
      case UPLOAD_REQUEUED -> registry.uploads().fail(op(), id, FailurePolicy.REQUEUE);
      case DELETE -> registry.deletions().delete(op(), id, Duration.ZERO);
      case DELAYED_DELETE -> registry.deletions().delete(op(), id, Samples.SCRUB_TIME);
      case DEACTIVATE -> registry.images().deactivate(op(), id, Requester.member("alice", "mars"));
      case REACTIVATE -> registry.images().reactivate(op(), id, (image, by) -> {});
      case SCRUB -> registry.deletions().completeScrub(op(), id);
      case BEGIN_STAGE -> registry.imports().beginStage(op(), id, "main", null);
      case STAGE_FAILED -> registry.imports().failStage(op(), id, null);
      case BEGIN_IMPORT, IMPORT_SUCCEEDED, IMPORT_FAILED -> throw new IllegalStateException();
    }
  }

  private void complete(UUID id) {
    Registry registry = registry();
    UUID location = anyLocation(id);
    if (registry.lookup().find(id).map(Image::status).equals(Optional.of(ImageStatus.SAVING))) {
      registry.transferNotes().recordMeasured(id, location, DATA);
    }
    registry.uploads().complete(op(), id, location, DATA);
  }

  private static NewImage emptyWithId(UUID id) {
    NewImage plain = NewImage.of(id, "mars");
    return new NewImage(
        id,
        null,
        0L,
        null,
        null,
        0,
        0,
        plain.visibility(),
        false,
        false,
        "mars",
        Map.of(),
        List.of());
  }

  private UUID anyLocation(UUID id) {
    return registry().locations().of(id).stream()
        .map(Location::id)
        .findFirst()
        .orElseGet(UUID::randomUUID);
  }
}
