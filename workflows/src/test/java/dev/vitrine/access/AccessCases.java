package dev.vitrine.access;

import dev.vitrine.error.VitrineException;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Images of the project mars, people who ask for something, and what becomes of it. */
final class AccessCases {

  static final Requester ADMIN = Requester.admin("root", "ops");
  static final Requester OWNER = Requester.member("alice", "mars");
  static final Requester OTHER = Requester.member("bob", "venus");

  private AccessCases() {}

  static Image image(ImageStatus status, Visibility visibility, boolean isProtected) {
    Instant now = Instant.EPOCH;
    return new Image(
        UUID.randomUUID(),
        "name",
        status,
        1L,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        0,
        visibility,
        isProtected,
        false,
        "mars",
        null,
        now,
        now,
        null,
        null,
        1,
        Map.of(),
        List.of());
  }

  static Image image(Visibility visibility) {
    return image(ImageStatus.ACTIVE, visibility, false);
  }

  /** Somebody with only that role. */
  static Requester with(String role, String project) {
    return new Requester("carol", project, Set.of(Role.named(role).orElseThrow()));
  }

  /** The kind of the error, or {@code ok}. */
  static String outcome(Runnable check) {
    try {
      check.run();
      return "ok";
    } catch (VitrineException e) {
      return e.kind().wireName();
    }
  }
}
