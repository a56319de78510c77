package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a source is asked for, and by how many at once. The source here is the test. */
@Timeout(60)
class IncomingBodyTest {

  private static final int ROUNDS = 200;

  private final Queue<Content.Chunk> came = new ArrayDeque<>();
  private final AtomicReference<Runnable> demand = new AtomicReference<>();

  private IncomingBody inflow() {
    return new IncomingBody(
        (Request)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Request.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getHeaders" -> HttpFields.EMPTY;
                      case "getLength" -> 1L;
                      case "read" -> came.poll();
                      case "demand" -> {
                        assertThat(demand.getAndSet((Runnable) arguments[0])).isNull();
                        yield null;
                      }
                      default -> throw new UnsupportedOperationException(method.getName());
                    }));
  }

  /** The source meets the demand that is open. */
  private void meet() {
    demand.getAndSet(null).run();
  }

  @Test
  void leavesTheConnectionCleanOnceTheWholeBodyWasRead() {
    IncomingBody inflow = inflow();
    assertThat(inflow.leavesConnectionClean()).isFalse();
    came.add(Content.Chunk.from(BufferUtil.toBuffer("a"), true));
    inflow.skip(1);
    assertThat(inflow.leavesConnectionClean()).isTrue();
  }

  /** As when the rest comes while an answer is on its way: the reader that waited is gone. */
  @Test
  void leavesTheConnectionUncleanWhileADemandIsOpen() {
    IncomingBody inflow = inflow();
    inflow.demand(() -> {});
    came.add(Content.Chunk.from(BufferUtil.toBuffer("a"), true));
    inflow.skip(1);
    assertThat(inflow.whole()).isTrue();
    assertThat(inflow.leavesConnectionClean()).isFalse();
    meet();
    assertThat(inflow.leavesConnectionClean()).isTrue();
  }

  /**
   * One thread meets a demand while another, which has taken the reader's place, demands: who is
   * woken may read, and must not while the source still has a demand of his to work on.
   */
  @Test
  void wakesNobodyWhoseDemandTheSourceStillHas() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      IncomingBody inflow = inflow();
      inflow.demand(() -> {});
      Runnable first = demand.getAndSet(null);
      CompletableFuture<Void> met = CompletableFuture.runAsync(first);
      AtomicBoolean woken;
      do {
        woken = new AtomicBoolean();
        AtomicBoolean last = woken;
        inflow.demand(() -> last.set(true));
      } while (demand.get() == null);
      met.get();
      assertThat(woken).as("round %d", i).isFalse();
      demand.set(null);
    }
  }
}
