package dev.vitrine.bench;

import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageData;
import dev.vitrine.remote.Download;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.ImageFilter;
import dev.vitrine.remote.TransferListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The three measurements. Each makes images of its own and removes them. */
public final class Bench {

  private static final int PAGE = 25;
  private static final int BUFFER = 256 * 1024;

  private final ImageApi api;
  private final BenchPlan plan;

  public Bench(ImageApi api, BenchPlan plan) {
    this.api = api;
    this.plan = plan;
  }

  /** Uploads of {@code size} bytes, one after the other. */
  public BenchReport upload() {
    Reference reference = Reference.ofData(plan);
    try (MadeImages images = new MadeImages(api)) {
      GeneratedData data = new GeneratedData(plan.size());
      ImageData known = known(data);
      List<UUID> targets = new ArrayList<>();
      for (int image = 0; image < plan.count(); image++) {
        targets.add(images.make());
      }
      plan.progress().accept("uploads");
      Stopwatch watch = Stopwatch.of(plan.processes());
      for (UUID target : targets) {
        api.files().send(target, data.source(), TransferListener.NONE);
      }
      Phase uploads = watch.stop(plan.size() * plan.count());
      targets.forEach(target -> api.files().verify(target, known));
      return report("upload", reference, bytes("upload", uploads, reference, "reference loop"));
    }
  }

  /** Downloads of {@code size} bytes, one after the other. */
  public BenchReport download() {
    Reference reference = Reference.ofData(plan);
    try (MadeImages images = new MadeImages(api)) {
      GeneratedData data = new GeneratedData(plan.size());
      UUID image = images.make();
      plan.progress().accept("an upload, to have something to download");
      api.files().send(image, data.source(), TransferListener.NONE);
      plan.progress().accept("downloads");
      Stopwatch watch = Stopwatch.of(plan.processes());
      for (int download = 0; download < plan.count(); download++) {
        read(image);
      }
      Phase downloads = watch.stop(plan.size() * plan.count());
      return report("download", reference, bytes("download", downloads, reference, "loopback GET"));
    }
  }

  /** Small calls: {@code images} images made, listed, and removed; {@code count} small uploads. */
  public BenchReport api() {
    Reference reference = Reference.ofCalls(plan);
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
      List<UUID> targets = new ArrayList<>();
      for (int image = 0; image < plan.count(); image++) {
        targets.add(images.make());
      }
      var left = targets.iterator();
      Phase uploads =
          many(
              "small uploads",
              plan.count(),
              () -> {
                UUID target;
                synchronized (targets) {
                  target = left.next();
                }
                api.files().send(target, data.source(), TransferListener.NONE);
              });
      rate(figures, "upload of %d bytes".formatted(plan.size()), uploads, exchanges);
      Phase deletes = many("deletes", images.size(), images::removeOne);
      rate(figures, "delete", deletes, exchanges);
    }
    return report("api", reference, figures);
  }

  private BenchReport report(String name, Reference reference, List<Figure> figures) {
    List<Figure> all = new ArrayList<>(figures);
    Long memory = plan.processes().peakMemory();
    if (memory != null) {
      all.add(Figure.of("peak memory of the server", memory / (double) (1 << 20), "MiB"));
    }
    return new BenchReport(name, api.endpoint().toString(), reference.figures(), all);
  }

  private static List<Figure> bytes(String name, Phase phase, Reference reference, String limit) {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.of(name, phase.megabytesPerSecond(), "MB/s").against(reference.named(limit)));
    Double cpu = phase.cpuPerGigabyte();
    if (cpu != null) {
      figures.add(
          Figure.of(name + ", CPU of the server", cpu, "s/GB")
              .against(reference.named(limit + ", CPU")));
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
    long listed = api.images().list(ImageFilter.NONE, PAGE).limit(most).count();
    if (listed < Math.min(most, plan.images())) {
      throw new Unavailable("only %d of %d images were listed".formatted(listed, most));
    }
  }

  private void read(UUID image) {
    byte[] buffer = new byte[BUFFER];
    long all = 0;
    try (Download download = api.files().open(image, 0)) {
      for (int read = download.stream().read(buffer);
          read >= 0;
          read = download.stream().read(buffer)) {
        all += read;
      }
    } catch (IOException e) {
      throw new Unavailable("download of image %s broke: %s".formatted(image, e));
    }
    if (all != plan.size()) {
      throw new DataMismatch(
          "image %s has %d bytes, and %d arrived".formatted(image, plan.size(), all));
    }
  }

  private static ImageData known(GeneratedData data) {
    try {
      return Hashing.known(data);
    } catch (IOException e) {
      throw new IllegalStateException("generated data can't be read", e);
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
