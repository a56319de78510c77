package dev.vitrine.bench;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteImageFilter;
import dev.vitrine.remote.TransferListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Calls that move little data, some of them at once. */
record SmallCalls(ImageApi api, BenchPlan plan) {

  private static final int PAGE = 25;

  /** Makes the calls, and compares them with the least that a call can take. */
  List<Figure> against(Reference reference) {
    Figure exchange = reference.named("loopback exchange");
    Figure exchanges = reference.named("loopback exchanges");
    List<Figure> figures = new ArrayList<>();
    GeneratedData data = new GeneratedData(plan.size());
    try (MadeImages images = new MadeImages(api)) {
      Phase creates = many("creates", plan.images(), images::make);
      rate(figures, "create", creates, exchanges);
      Phase pages = phase("first pages", plan.count(), () -> list(PAGE));
      figures.add(Figure.of("first page of 25", pages.milliseconds(), "ms").against(exchange));
      cpu(figures, "first page of 25", pages);
      Phase all = phase("all by 25", 1, () -> list(plan.images()));
      figures.add(Figure.of("list %d by 25".formatted(plan.images()), all.seconds(), "s"));
      cpu(figures, "list %d by 25".formatted(plan.images()), all);
      Queue<UUID> targets = new ConcurrentLinkedQueue<>();
      for (int image = 0; image < plan.count(); image++) {
        targets.add(images.make());
      }
      Phase uploads =
          many(
              "small uploads",
              plan.count(),
              () -> api.files().send(targets.remove(), data.source(), TransferListener.NONE));
      rate(figures, "upload of %d bytes".formatted(plan.size()), uploads, exchanges);
      Phase deletes = many("deletes", images.size(), images::removeOne);
      rate(figures, "delete", deletes, exchanges);
    }
    return figures;
  }

  private static void rate(List<Figure> figures, String name, Phase phase, Figure limit) {
    figures.add(Figure.of(name, phase.perSecond(), "per second").against(limit));
    cpu(figures, name, phase);
  }

  private static void cpu(List<Figure> figures, String name, Phase phase) {
    Double cpu = phase.cpuMilliseconds();
    if (cpu != null) {
      figures.add(Figure.of(name + ", CPU of the server", cpu, "ms"));
    }
  }

  private void list(int most) {
    long listed = api.images().list(RemoteImageFilter.NONE, PAGE).limit(most).count();
    if (listed < Math.min(most, plan.images())) {
      throw new Unavailable("only %d of %d images were listed".formatted(listed, most));
    }
  }

  private Phase phase(String name, int count, Runnable call) {
    plan.progress().accept(name);
    Stopwatch watch = Stopwatch.of(plan.processes());
    for (int done = 0; done < count; done++) {
      call.run();
    }
    return watch.stop(count);
  }

  /** So many calls, some of them at once. */
  private Phase many(String name, int count, Runnable call) {
    plan.progress().accept(name);
    ExecutorService threads = Executors.newFixedThreadPool(plan.parallel());
    try {
      Stopwatch watch = Stopwatch.of(plan.processes());
      List<Future<?>> calls = new ArrayList<>();
      for (int submitted = 0; submitted < count; submitted++) {
        calls.add(threads.submit(call));
      }
      for (Future<?> one : calls) {
        one.get();
      }
      return watch.stop(count);
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted in the middle of " + name);
    } finally {
      threads.shutdownNow();
    }
  }

  private static RuntimeException thrown(@Nullable Throwable cause) {
    return cause instanceof RuntimeException own
        ? own
        : new IllegalStateException("a call failed", cause);
  }
}
