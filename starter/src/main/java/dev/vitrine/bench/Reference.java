package dev.vitrine.bench;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of this machine, measured now. */
final class Reference {

  private static final int EXCHANGES = 2_000;
  private static final long WARM_UP = 64 << 20;

  private final List<Figure> figures = new ArrayList<>();

  private Reference() {}

  List<Figure> figures() {
    return figures;
  }

  /** One of them. */
  Figure named(String name) {
    return figures.stream()
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name));
  }

  /** Of receiving data and sending it. */
  static Reference ofData(BenchPlan plan) {
    Reference reference = new Reference();
    GeneratedData data = new GeneratedData(plan.size());
    Path file = null;
    try (Loopback loopback = new Loopback()) {
      file = Files.createTempFile(plan.directory(), "vitrine-bench-", ".data");
      plan.progress().accept("this machine: write, digests, loopback");
      warmUp(loopback, file, Math.min(plan.size(), WARM_UP));
      reference.add("write", Hashing.write(data, file));
      reference.add("MD5", Hashing.digests(data, "MD5"));
      reference.add("SHA-512", Hashing.digests(data, "SHA-512"));
      reference.add("both digests", Hashing.digests(data, "MD5", "SHA-512"));
      reference.add("reference loop", loopback.put(data, file));
      reference.add("loopback GET", loopback.get(file));
    } catch (IOException e) {
      throw new Invalid("--dir %s: %s".formatted(plan.directory(), e));
    } finally {
      remove(file);
    }
    return reference;
  }

  /** Of small calls. */
  static Reference ofCalls(BenchPlan plan) {
    Reference reference = new Reference();
    try (Loopback loopback = new Loopback()) {
      plan.progress().accept("this machine: loopback");
      // The first ones are slower: nothing is compiled yet.
      loopback.exchanges(EXCHANGES);
      Phase exchanges = loopback.exchanges(EXCHANGES);
      reference.figures.add(Figure.of("loopback exchange", exchanges.milliseconds(), "ms"));
      reference.figures.add(Figure.of("loopback exchanges", exchanges.perSecond(), "per second"));
    } catch (IOException e) {
      throw new Invalid("loopback: " + e);
    }
    return reference;
  }

  /** The first bytes are slower: nothing is compiled yet. */
  private static void warmUp(Loopback loopback, Path file, long size) throws IOException {
    Phase unused = loopback.put(new GeneratedData(size), file);
    unused = loopback.get(file);
  }

  private void add(String name, Phase phase) {
    figures.add(Figure.of(name, phase.megabytesPerSecond(), "MB/s"));
    Double cpu = phase.cpuPerGigabyte();
    if (cpu != null) {
      figures.add(Figure.of(name + ", CPU", cpu, "s/GB"));
    }
  }

  private static void remove(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new Invalid("%s can't be removed: %s".formatted(file, e));
    }
  }
}
