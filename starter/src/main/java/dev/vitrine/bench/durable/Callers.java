package dev.vitrine.bench.durable;

import dev.vitrine.bench.Cpu;
import dev.vitrine.error.VitrineException.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** Threads that make calls, so many at once. */
final class Callers implements AutoCloseable {

  /**
   * A server works on what it has answered for a moment: records, visibility, timers. The same for
   * every kind, and long for none.
   */
  private static final long AFTERMATH_MILLIS = 150;

  private final List<Thread> threads = new ArrayList<>();
  private final ExecutorService pool;

  Callers(int most) {
    pool =
        Executors.newFixedThreadPool(
            most,
            task -> {
              Thread thread = new Thread(task, "bench-caller");
              thread.setDaemon(true);
              synchronized (threads) {
                threads.add(thread);
              }
              return thread;
            });
  }

  long[] threadIds() {
    synchronized (threads) {
      return threads.stream().mapToLong(Thread::getId).toArray();
    }
  }

  /** Makes calls and measures them. */
  Batch run(MeasuredWork operation, int calls, int parallel, Cpu cpu) {
    each(
        calls,
        parallel,
        index -> {
          operation.prepare();
          return true;
        });
    pause();
    long[] nanos = new long[calls];
    Cpu.Reading before = cpu.read();
    long began = System.nanoTime();
    each(
        calls,
        parallel,
        index -> {
          nanos[index] = operation.call();
          return true;
        });
    double seconds = (System.nanoTime() - began) / 1e9;
    try {
      operation.settle();
    } catch (Exception e) {
      throw failed(operation, e);
    }
    pause();
    Cpu.Reading taken = cpu.read().minus(before);
    return new Batch(
        seconds,
        operation.clientsCount() ? taken.withClients() : taken,
        LongStream.of(nanos).boxed().toList());
  }

  private interface Call {
    boolean make(int index) throws Exception;
  }

  private void each(int calls, int parallel, Call call) {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch together = new CountDownLatch(1);
    Callable<Boolean> caller =
        () -> {
          together.await();
          for (int index = next.getAndIncrement(); index < calls; index = next.getAndIncrement()) {
            boolean unused = call.make(index);
          }
          return true;
        };
    List<Future<Boolean>> callers = new ArrayList<>();
    for (int one = 0; one < Math.min(parallel, calls); one++) {
      callers.add(pool.submit(caller));
    }
    together.countDown();
    try {
      for (Future<Boolean> one : callers) {
        boolean unused = one.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException own
          ? own
          : new IllegalStateException("a call failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted");
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(AFTERMATH_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted");
    }
  }

  private static RuntimeException failed(MeasuredWork operation, Exception e) {
    return e instanceof RuntimeException own
        ? own
        : new IllegalStateException(operation.name() + " failed", e);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
