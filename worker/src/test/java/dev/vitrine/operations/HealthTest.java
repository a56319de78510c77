package dev.vitrine.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.VitrineException.Unavailable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class HealthTest {

  private final Map<String, Runnable> questions = new LinkedHashMap<>();

  private Map<String, String> ask(Duration patience) {
    return new Health(questions, patience).ask();
  }

  @Test
  void tellsOfEachHowItIs() {
    questions.put("registry", () -> {});
    questions.put(
        "stores",
        () -> {
          throw new Unavailable("store 'main' is gone");
        });
    questions.put(
        "temporal",
        () -> {
          throw new IllegalStateException("broken");
        });

    assertThat(ask(Duration.ofSeconds(20)))
        .containsEntry("registry", "ok")
        .containsEntry("stores", "store 'main' is gone")
        .hasEntrySatisfying("temporal", why -> assertThat(why).contains("broken"));
  }

  @Test
  void waitsForNobodyAndAsksWhoHangsOnce() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    questions.put(
        "store",
        () -> {
          asked.incrementAndGet();
          begun.countDown();
          try {
            hangs.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Health health = new Health(questions, Duration.ofMillis(20));

    for (int i = 0; i < 5; i++) {
      assertThat(health.ask()).containsEntry("store", "no answer within 20 ms");
    }
    begun.await();
    assertThat(asked).hasValue(1);

    hangs.countDown();
    String told = "";
    while (!told.equals("ok")) {
      told = health.ask().get("store");
    }
  }

  @Test
  void cutsALongReason() {
    questions.put(
        "store",
        () -> {
          throw new Unavailable("x".repeat(10_000));
        });

    assertThat(ask(Duration.ofSeconds(20)).get("store")).hasSizeLessThan(400);
  }
}
