package dev.vitrine.http;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Exchanges that a test answers by hand. */
@Timeout(60)
abstract class ExchangeFixture {

  static final int BLOCK = 64 * 1024;
  static final int MANY = 1024;

  final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
  TestServer server =
      new TestServer(Route.streaming("PUT", "/s", (call, exchange) -> exchanges.add(exchange)));

  @AfterEach
  void stop() {
    server.close();
  }

  static String head(String more) {
    return "PUT /s HTTP/1.1\nHost: x\n" + more + "\n\n";
  }

  static byte[] block() {
    return new byte[BLOCK];
  }

  /** Runs what may block, on a thread that gets the interrupt. */
  static <T> CompletableFuture<T> on(Thread[] thread, Reading<T> reading) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                result.complete(reading.read());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    thread[0] = reader;
    reader.start();
    return result;
  }

  interface Reading<T> {
    T read() throws IOException;
  }

  static <T> CompletableFuture<T> async(Reading<T> reading) {
    return on(new Thread[1], reading);
  }

  /** Waits until a thread waits for something that only somebody else can bring. */
  static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
