package dev.vitrine.registry;

/** Processes that hold streams, by the task queue that each has of its own. */
public interface StreamHosts {

  /** A process that holds streams lives; told apart by the task queue of its own. */
  void sign(String taskQueue);

  /** How often it has said so; who asks twice learns whether it lives. 0 if it never has. */
  long signs(String taskQueue);

  /** It holds no more streams. */
  void remove(String taskQueue);
}
