package dev.vitrine.bench;

import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageData;
import dev.vitrine.remote.DataStream;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.TransferListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The three measurements. Each makes images of its own and removes them. */
public final class Bench {

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
    return report("api", reference, new SmallCalls(api, plan).against(reference));
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

  private void read(UUID image) {
    byte[] buffer = new byte[BUFFER];
    long all = 0;
    try (DataStream download = api.files().open(image, 0)) {
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
}
