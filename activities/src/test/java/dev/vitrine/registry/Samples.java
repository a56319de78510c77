package dev.vitrine.registry;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import dev.vitrine.task.TaskInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Things to put into a registry. */
public final class Samples {

  /** More than 32 bits hold. */
  public static final ImageData DATA =
      new ImageData(
          5_000_000_000L,
          "0123456789abcdef".repeat(2),
          "fedcba9876543210".repeat(8),
          8_000_000_000L);

  /** How long a delayed deletion keeps the data. */
  public static final Duration SCRUB_TIME = Duration.ofHours(36);

  /** Of project {@code mars}. */
  public static final Requester ALICE = Requester.member("alice", "mars");

  /** Of project {@code venus}. */
  public static final Requester BOB = Requester.member("bob", "venus");

  public static final Requester ROOT = Requester.admin("root", "ops");

  public static final TaskInput IMPORT =
      new TaskInput.Import("https://example.org/a.qcow2", "qcow2", Map.of("name", "a"));

  private Samples() {}

  /** An operation of an id of its own. */
  public static Operation op() {
    return op(UUID.randomUUID().toString());
  }

  public static Operation op(String id) {
    return new Operation(id, "image-upload/x", "run-1", "because of a test");
  }

  /** An image of project {@code mars}, shared, without data. */
  public static NewImage image() {
    return NewImage.of(UUID.randomUUID(), "mars");
  }

  /** The same with formats, as data that is imported needs them. */
  public static NewImage imageWithFormats() {
    NewImage plain = image();
    return new NewImage(
        plain.id(),
        null,
        null,
        "qcow2",
        "bare",
        0,
        0,
        plain.visibility(),
        false,
        false,
        "mars",
        Map.of(),
        List.of());
  }

  public static NewImage image(Visibility visibility, boolean isProtected) {
    return image(UUID.randomUUID(), null, visibility, isProtected, Map.of(), List.of());
  }

  public static NewImage emptyImage() {
    return image(UUID.randomUUID(), 0L, Visibility.SHARED, false, Map.of(), List.of());
  }

  public static NewImage image(Map<String, String> properties, List<String> tags) {
    return image(UUID.randomUUID(), null, Visibility.PRIVATE, false, properties, tags);
  }

  private static NewImage image(
      UUID id,
      @Nullable Long size,
      Visibility visibility,
      boolean isProtected,
      Map<String, String> properties,
      List<String> tags) {
    return new NewImage(
        id,
        "Debian – Ünïcødé 🐧",
        size,
        "qcow2",
        "bare",
        10,
        512,
        visibility,
        isProtected,
        true,
        "mars",
        properties,
        tags);
  }
}
