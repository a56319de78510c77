package dev.vitrine.http;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all bodies together may have. Thread-safe. */
final class BodyBudget {

  private final AtomicLong left;

  BodyBudget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** Takes so many bytes; false if they aren't there, and then takes none. */
  boolean take(long bytes) {
    long before = left.getAndUpdate(present -> present < bytes ? present : present - bytes);
    return before >= bytes;
  }

  void give(long bytes) {
    left.addAndGet(bytes);
  }

  long left() {
    return left.get();
  }
}
