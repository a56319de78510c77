package dev.vitrine.bench.durable;

import dev.vitrine.bench.Cpu;
import dev.vitrine.bench.ProcessTrees;
import dev.vitrine.bench.durable.DurableReport.Row;
import dev.vitrine.embedded.EmbeddedStack;
import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures a stack of this process beside the floor. In each round every kind of work has its turn,
 * and is compared with the floor of that round.
 */
public final class DurableBench {

  static final String FLOOR = "floor: 3 local activities";

  /** So many tasks are waiting when the last one is accepted. */
  private static final int CROWD = 50;

  private static final int CROWD_ROUNDS = 5;
  private static final double ACCEPTANCE = 1.25;

  private final EmbeddedStack stack;
  private final Path directory;
  private final DurablePlan plan;
  private final Map<String, Batch> first = new HashMap<>();
  private final Map<String, List<Batch>> warm = new LinkedHashMap<>();

  /**
   * @param stack that this process runs and nobody else uses
   * @param directory for files of the reference, best on the disk of the store
   */
  public DurableBench(EmbeddedStack stack, Path directory, DurablePlan plan) {
    this.stack = stack;
    this.directory = directory;
    this.plan = plan;
  }

  /**
   * Measures.
   *
   * @throws Invalid if a name or a process is none
   */
  public DurableReport run() {
    List<Long> pids = new ArrayList<>(plan.pids());
    stack.serverPid().ifPresent(pids::add);
    int most = Math.max(CROWD, plan.parallel());
    try (Floor floor = new Floor(stack.client());
        ApiWork api = new ApiWork(stack, most);
        Callers callers = new Callers(most)) {
      Cpu cpu =
          new Cpu(
              ProcessTrees.of(pids),
              () ->
                  LongStream.concat(
                          LongStream.of(callers.threadIds()), LongStream.of(api.originThreads()))
                      .toArray());
      List<MeasuredWork> ours = chosen(api.operations());
      List<MeasuredWork> all = new ArrayList<>(floors(floor));
      all.add(new BytesAlone(1 << 20, directory));
      all.addAll(ours);
      if (plan.first() > 0) {
        // Ours before the floor, which would warm up half of what they need.
        for (MeasuredWork operation : ours) {
          plan.progress().accept("first %d: %s".formatted(plan.first(), operation.name()));
          first.put(operation.name(), callers.run(operation, plan.first(), plan.parallel(), cpu));
        }
      }
      rounds(all, callers, cpu);
      List<Row> rows = rows(all);
      if (ours.stream().anyMatch(operation -> operation.name().startsWith("import"))) {
        acceptance(floor, api, callers, cpu, rows);
      }
      return new DurableReport(stack.server(), stack.registryUrl(), counted(pids), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<MeasuredWork> floors(Floor floor) {
    return List.of(
        floor.operation(FLOOR, 0, 3),
        floor.operation("floor: no activity", 0, 0),
        floor.operation("floor: 1 regular and 2 local", 1, 2));
  }

  private List<MeasuredWork> chosen(List<MeasuredWork> all) {
    TreeSet<String> names = new TreeSet<>(all.stream().map(MeasuredWork::name).toList());
    for (String wanted : plan.only()) {
      if (!names.contains(wanted)) {
        throw new Invalid("--only '%s': give one of %s".formatted(wanted, names));
      }
    }
    return all.stream()
        .filter(operation -> plan.only().isEmpty() || plan.only().contains(operation.name()))
        .toList();
  }

  private void rounds(List<MeasuredWork> all, Callers callers, Cpu cpu) {
    if (plan.warmUp() > 0) {
      for (MeasuredWork operation : all) {
        plan.progress().accept("warm-up: " + operation.name());
        Batch unused = callers.run(operation, plan.warmUp(), plan.parallel(), cpu);
      }
    }
    for (int round = 0; round < plan.rounds(); round++) {
      plan.progress().accept("round %d of %d".formatted(round + 1, plan.rounds()));
      for (int turn = 0; turn < all.size(); turn++) {
        // Nobody is always next to the same.
        MeasuredWork operation = all.get((turn + round) % all.size());
        warm.computeIfAbsent(operation.name(), name -> new ArrayList<>())
            .add(callers.run(operation, plan.count(), plan.parallel(), cpu));
      }
    }
  }

  private List<Row> rows(List<MeasuredWork> all) {
    List<Row> rows = new ArrayList<>();
    for (MeasuredWork operation : all) {
      rows.add(row(operation));
    }
    return rows;
  }

  private Row row(MeasuredWork operation) {
    String name = operation.name();
    List<Batch> batches = of(name);
    double[] floor = of(FLOOR).stream().mapToDouble(Batch::cpuMillis).toArray();
    double[] bytes = of(BytesAlone.NAME).stream().mapToDouble(Batch::cpuMillis).toArray();
    double[] ratios = new double[batches.size()];
    for (int round = 0; round < ratios.length; round++) {
      double cpu = batches.get(round).cpuMillis();
      ratios[round] =
          switch (operation.limit().kind()) {
            case NONE, FLOOR, ABSOLUTE -> cpu / floor[round];
            case FLOOR_AND_BYTES -> (cpu - bytes[round]) / floor[round];
          };
    }
    Double cpu = median(batches, Batch::cpuMillis);
    Double ratio = Batch.median(ratios);
    Batch cold = first.get(name);
    return new Row(
        name,
        cold == null ? null : cold.cpuMillis(),
        cpu,
        median(batches, Batch::cpuMillisElsewhere),
        median(batches, Batch::perSecond),
        value(median(batches, Batch::millis)),
        ratio,
        operation.limit().words(),
        operation.limit().isKept(value(cpu), value(ratio)));
  }

  /** How long a task takes to be accepted while so many wait, beside a start of a workflow. */
  private void acceptance(Floor floor, ApiWork api, Callers callers, Cpu cpu, List<Row> rows) {
    plan.progress().accept("%d tasks at once".formatted(CROWD));
    MeasuredWork start = floor.start("start of a workflow, %d at once".formatted(CROWD));
    MeasuredWork accept = api.acceptance("task accepted (201), %d at once".formatted(CROWD));
    double[] started = new double[CROWD_ROUNDS];
    double[] accepted = new double[CROWD_ROUNDS];
    double[] ratios = new double[CROWD_ROUNDS];
    for (int round = 0; round < CROWD_ROUNDS; round++) {
      started[round] = callers.run(start, CROWD, CROWD, cpu).millis();
      accepted[round] = callers.run(accept, CROWD, CROWD, cpu).millis();
      ratios[round] = accepted[round] / started[round];
    }
    double ratio = value(Batch.median(ratios));
    rows.add(timeAlone(start.name(), value(Batch.median(started)), null, null, null));
    rows.add(
        timeAlone(
            accept.name(),
            value(Batch.median(accepted)),
            ratio,
            "at most %s x the start's time".formatted(ACCEPTANCE),
            ratio <= ACCEPTANCE));
  }

  private static Row timeAlone(
      String name,
      double millis,
      @Nullable Double ratio,
      @Nullable String limit,
      @Nullable Boolean within) {
    return new Row(name, null, null, null, null, millis, ratio, limit, within);
  }

  private List<Batch> of(String name) {
    return warm.getOrDefault(name, List.of());
  }

  private static @Nullable Double median(List<Batch> batches, ToDoubleFunction<Batch> value) {
    return Batch.median(batches.stream().mapToDouble(value).toArray());
  }

  private static double value(@Nullable Double number) {
    return number == null ? Double.NaN : number;
  }

  private static List<String> counted(List<Long> pids) {
    List<String> counted = new ArrayList<>();
    counted.add(
        "this process (%d) without its clients and its source"
            .formatted(ProcessHandle.current().pid()));
    for (long pid : pids) {
      counted.add(
          "%d, %s, and its children"
              .formatted(
                  pid,
                  ProcessHandle.of(pid)
                      .flatMap(process -> process.info().command())
                      .orElse("unknown")));
    }
    return counted;
  }
}
