package dev.vitrine.transfer;

import dev.vitrine.image.ImageData;
import dev.vitrine.transfer.Buffers.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * MD5 and SHA-512 over the same bytes, at once. For one thread, which it lends others to: with an
 * executor, each digest goes on a thread of its own from the second buffer on, so that small data
 * costs none. What waits to be hashed is bounded by the buffers there are.
 */
final class Digests {

  private final Lane md5 = new Lane("MD5");
  private final Lane sha512 = new Lane("SHA-512");
  private final List<Lane> lanes = List.of(md5, sha512);
  private final @Nullable Executor executor;
  private boolean begun;
  private long taken;

  /**
   * What has been hashed; goes on in one other place at most.
   *
   * @param bytes that it is of
   */
  record State(long bytes, MessageDigest md5, MessageDigest sha512) {}

  /**
   * @param executor to run each digest on, with a free thread for each; null to hash in line
   */
  Digests(@Nullable Executor executor) {
    this.executor = executor;
  }

  /** Takes in the buffer's bytes, sooner or later; it holds the buffer until then. */
  void update(Buffer buffer) {
    Executor lent = begun ? executor : null;
    begun = true;
    taken += buffer.length;
    for (Lane lane : lanes) {
      if (lent != null) {
        lane.hand(buffer, lent);
      } else {
        lane.digest.update(buffer.bytes, 0, buffer.length);
      }
    }
  }

  /** Goes on from there, before anything is taken in. */
  void restore(State state) {
    md5.digest = state.md5();
    sha512.digest = state.sha512();
    taken = state.bytes();
  }

  /** What all that was taken in comes to so far; nothing may be taken in after it. */
  State state() throws InterruptedException {
    settle();
    return new State(taken, md5.digest, sha512.digest);
  }

  /** The digests of all that was taken in; waits for the threads. */
  ImageData finish(long size) throws InterruptedException {
    settle();
    HexFormat hex = HexFormat.of();
    return new ImageData(
        size, hex.formatHex(md5.digest.digest()), hex.formatHex(sha512.digest.digest()));
  }

  private void settle() throws InterruptedException {
    for (Lane lane : lanes) {
      lane.end();
    }
    for (Lane lane : lanes) {
      lane.await();
    }
  }

  /** Lets the threads go, if there are any left; for when nobody wants the result. */
  void abandon() {
    for (Lane lane : lanes) {
      lane.end();
    }
  }

  private static final class Lane implements Runnable {

    private MessageDigest digest; // Set before the lane's thread begins.
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean running;
    private boolean ending;
    private boolean done; // By the lane's own thread only.
    private volatile @Nullable Throwable failure;

    Lane(String algorithm) {
      try {
        digest = MessageDigest.getInstance(algorithm);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java runtime has no " + algorithm, e);
      }
    }

    void hand(Buffer buffer, Executor executor) {
      if (failure != null) {
        throw new IllegalStateException(digest.getAlgorithm() + " failed", failure);
      }
      if (!running) {
        executor.execute(this);
        running = true;
      }
      buffer.retain();
      queue.add(
          () -> {
            try {
              digest.update(buffer.bytes, 0, buffer.length);
            } finally {
              // Also after a failure, or the thread that reads would wait for it for ever.
              buffer.release();
            }
          });
    }

    void end() {
      if (running && !ending) {
        ending = true;
        queue.add(() -> done = true);
      }
    }

    void await() throws InterruptedException {
      if (running) {
        ended.await();
      }
      if (failure != null) {
        throw new IllegalStateException(digest.getAlgorithm() + " failed", failure);
      }
    }

    @Override
    public void run() {
      try {
        while (!done) {
          try {
            queue.take().run();
          } catch (RuntimeException | Error e) {
            failure = e;
          }
        }
      } catch (InterruptedException e) {
        failure = e;
        for (Runnable left = queue.poll(); left != null; left = queue.poll()) {
          left.run();
        }
      } finally {
        ended.countDown();
      }
    }
  }
}
