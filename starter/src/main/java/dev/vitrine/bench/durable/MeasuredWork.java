package dev.vitrine.bench.durable;

/** One kind of work that is measured. */
interface MeasuredWork {

  /** As reports name it. */
  String name();

  /** What is asked of it. */
  Limit limit();

  /** Whether the threads that call are part of the work, and not clients of it. */
  boolean clientsCount();

  /** Makes what one call needs; not measured, on one of several threads. */
  default void prepare() {}

  /**
   * One call, on one of several threads.
   *
   * @return how long it took until the caller knew, in nanoseconds
   */
  long call() throws Exception;

  /** Waits until nothing of the calls goes on; measured as part of them. */
  default void settle() throws Exception {}
}
