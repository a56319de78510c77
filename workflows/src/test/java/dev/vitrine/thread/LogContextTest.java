package dev.vitrine.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {

  @AfterEach
  void nothingStays() {
    assertThat(LogContext.present()).isEmpty();
  }

  @Test
  void givesBackWhatWasThereBefore() {
    LogContext.during(
        Map.of(LogKey.REQUEST, "req-1", LogKey.IMAGE, "a"),
        () -> {
          LogContext.during(
              Map.of(LogKey.IMAGE, "b", LogKey.TASK, "t"),
              () ->
                  assertThat(LogContext.present())
                      .isEqualTo(
                          Map.of(LogKey.REQUEST, "req-1", LogKey.IMAGE, "b", LogKey.TASK, "t")));
          assertThat(LogContext.present())
              .isEqualTo(Map.of(LogKey.REQUEST, "req-1", LogKey.IMAGE, "a"));
        });
  }

  @Test
  void endsAlsoWhereTheWorkFails() {
    IllegalStateException fault = new IllegalStateException("a fault");

    assertThatThrownBy(
            () ->
                LogContext.during(
                    Map.of(LogKey.IMAGE, "a"),
                    () -> {
                      throw fault;
                    }))
        .isSameAs(fault);
  }

  @Test
  void leavesAloneWhatOthersKeep() {
    MDC.put("other", "kept");
    LogContext.during(Map.of(LogKey.IMAGE, "a"), () -> assertThat(MDC.get("image")).isEqualTo("a"));
    assertThat(MDC.get("other")).isEqualTo("kept");
    MDC.remove("other");
  }

  @Test
  void goesWithWorkToAnotherThreadAndNoFurther() throws InterruptedException {
    Map<String, Object> seen = new HashMap<>();
    Runnable look =
        () -> {
          seen.put("name", Thread.currentThread().getName());
          seen.put("daemon", Thread.currentThread().isDaemon());
          seen.put("during", LogContext.present());
        };
    Runnable work = LogContext.during(Map.of(LogKey.TASK, "t"), () -> LogContext.carried(look));
    Thread thread =
        DaemonThreads.named("vitrine-test")
            .newThread(
                () -> {
                  work.run();
                  seen.put("after", LogContext.present());
                });
    thread.start();
    thread.join();

    assertThat(seen)
        .isEqualTo(
            Map.of(
                "name",
                "vitrine-test",
                "daemon",
                true,
                "during",
                Map.of(LogKey.TASK, "t"),
                "after",
                Map.of()));
  }
}
