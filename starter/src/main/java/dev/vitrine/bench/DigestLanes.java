package dev.vitrine.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** MD5 and SHA-512 of the same bytes, each on a thread of its own, and nothing else. */
final class DigestLanes implements AutoCloseable {

  private static final int PIECES = 8;
  private static final int BUFFER = 256 * 1024;
  private static final double NANO = 1e-9;

  /** Bytes on their way; free again when nobody uses them any more. */
  static final class Piece {
    final byte[] bytes = new byte[BUFFER];
    int length;
    private final AtomicInteger users = new AtomicInteger();
  }

  private final BlockingQueue<Piece> free = new ArrayBlockingQueue<>(PIECES);
  private final List<Lane> lanes = List.of(new Lane("MD5"), new Lane("SHA-512"));

  DigestLanes() {
    for (int piece = 0; piece < PIECES; piece++) {
      free.add(new Piece());
    }
    lanes.forEach(Thread::start);
  }

  /** An empty one; waits until there is one. */
  Piece take() throws IOException {
    try {
      Piece piece = free.take();
      piece.users.set(1);
      return piece;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Has it digested, sooner or later. */
  void hand(Piece piece) {
    for (Lane lane : lanes) {
      piece.users.incrementAndGet();
      lane.queue.add(piece);
    }
  }

  /** Who took it needs it no more. */
  void give(Piece piece) {
    if (piece.users.decrementAndGet() == 0) {
      free.add(piece);
    }
  }

  /**
   * Waits until all is digested.
   *
   * @return the CPU seconds that it took
   */
  double finish() throws IOException {
    end();
    long nanos = 0;
    try {
      for (Lane lane : lanes) {
        lane.join();
        nanos += lane.cpuNanos;
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return nanos * NANO;
  }

  private void end() {
    Piece none = new Piece();
    none.length = -1;
    for (Lane lane : lanes) {
      boolean unused = lane.queue.offer(none);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", e);
  }

  @Override
  public void close() {
    end();
  }

  private final class Lane extends Thread {

    private final MessageDigest digest;
    private final BlockingQueue<Piece> queue = new ArrayBlockingQueue<>(PIECES + 2);
    private long cpuNanos;

    Lane(String algorithm) {
      super("bench-" + algorithm);
      setDaemon(true);
      digest = Hashing.digest(algorithm);
    }

    @Override
    public void run() {
      try {
        for (Piece piece = queue.take(); piece.length >= 0; piece = queue.take()) {
          digest.update(piece.bytes, 0, piece.length);
          give(piece);
        }
        int unused = digest.digest().length;
        cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      } catch (InterruptedException e) {
        interrupt();
      }
    }
  }
}
