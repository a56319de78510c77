package dev.vitrine.transfer;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few buffers that one transfer works with: all the memory it takes for data. Made when first
 * needed, used again and again. {@link #take} is for one thread, releasing for any.
 */
final class Buffers {

  /** Bytes on their way; back in the pool when the last of its users has released it. */
  final class Buffer {
    final byte[] bytes;
    int length;
    private final AtomicInteger users = new AtomicInteger();

    private Buffer(int capacity) {
      bytes = new byte[capacity];
    }

    void retain() {
      users.incrementAndGet();
    }

    void release() {
      if (users.decrementAndGet() == 0) {
        free.add(this);
      }
    }
  }

  private final int capacity;
  private final int limit;
  private final BlockingQueue<Buffer> free;
  private int allocated;

  Buffers(int capacity, int limit) {
    this.capacity = capacity;
    this.limit = limit;
    this.free = new ArrayBlockingQueue<>(limit);
  }

  /** An empty buffer with one user; waits until there is one. */
  Buffer take() throws InterruptedException {
    Buffer buffer = free.poll();
    if (buffer == null && allocated < limit) {
      buffer = new Buffer(capacity);
      allocated++;
    } else if (buffer == null) {
      buffer = free.take();
    }
    buffer.length = 0;
    buffer.retain();
    return buffer;
  }

  /** How many were ever made. */
  int allocated() {
    return allocated;
  }
}
