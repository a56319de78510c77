package dev.vitrine.process;

import dev.vitrine.access.Requester;
import io.temporal.common.Priority;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * When a workflow's turn comes where there is a backlog: what a client waits for comes before what
 * it has queued, and among the same the projects take turns, however much one of them has queued.
 * Activities and children have the turn of the workflow that starts them. A server that knows
 * neither serves all in the order of their coming.
 */
final class Turn {

  /** What the server takes where nothing is said; 1 is the first and 5 the last. */
  private static final int WAITED_FOR = 3;

  private static final int QUEUED = 4;

  /** Bytes that a server takes of a key. */
  private static final int MOST = 64;

  private Turn() {}

  /** Of what a client waits for: a stream that it sends, a deletion, an action. */
  static Priority waitedFor(Requester by) {
    return of(by, WAITED_FOR);
  }

  /** Of what goes on by itself: tasks, uploads by reference. */
  static Priority queued(Requester by) {
    return of(by, QUEUED);
  }

  private static Priority of(Requester by, int priority) {
    return Priority.newBuilder().setPriorityKey(priority).setFairnessKey(key(by.project())).build();
  }

  /** The project itself, or, where it is too long, a name that stands for it alone. */
  private static String key(String project) {
    byte[] bytes = project.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= MOST ? project : UUID.nameUUIDFromBytes(bytes).toString();
  }
}
