package dev.vitrine.bench.growth;

import dev.vitrine.bench.Cpu;
import dev.vitrine.bench.ProcessTrees;
import dev.vitrine.error.VitrineException.Invalid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures registries of several sizes. In each round every operation has its turn at every size,
 * one after the other, so that whatever else the machine does hits all alike.
 */
public final class GrowthBench {

  private static final double MILLI = 1e3;

  private final GrowthPlan plan;

  public GrowthBench(GrowthPlan plan) {
    this.plan = plan;
  }

  /**
   * Makes the registries, measures them and removes them.
   *
   * @throws Invalid if a process is none
   */
  public GrowthReport run() {
    List<GrownRegistry> registries = new ArrayList<>();
    try {
      for (int size : plan.sizes()) {
        plan.progress().accept("%,d images".formatted(size));
        registries.add(GrownRegistry.make(size, plan));
      }
      return measure(registries);
    } finally {
      registries.forEach(GrownRegistry::close);
    }
  }

  private GrowthReport measure(List<GrownRegistry> registries) {
    Cpu cpu = new Cpu(ProcessTrees.of(plan.pids()), () -> new long[0]);
    Map<String, Map<Integer, List<Double>>> taken = new LinkedHashMap<>();
    // The first round is a warm-up.
    for (int round = 0; round <= plan.rounds(); round++) {
      plan.progress().accept("round %d of %d".formatted(round, plan.rounds()));
      for (Question question : Questions.all()) {
        for (GrownRegistry registry : registries) {
          Cpu.Reading before = cpu.read();
          for (int call = 0; call < plan.count(); call++) {
            question.ask(registry.registry());
          }
          Cpu.Reading used = cpu.read().minus(before);
          if (round > 0) {
            taken
                .computeIfAbsent(question.name(), name -> new TreeMap<>())
                .computeIfAbsent(registry.size(), size -> new ArrayList<>())
                .add((used.here() + used.elsewhere()) * MILLI / plan.count());
          }
        }
      }
    }
    List<GrowthReport.Row> rows = new ArrayList<>();
    taken.forEach((name, sizes) -> rows.add(row(name, sizes)));
    return new GrowthReport(
        plan.registry() == null
            ? "SQLite, a file for each size"
            : "PostgreSQL, a schema for each size",
        counted(),
        rows);
  }

  private static GrowthReport.Row row(String name, Map<Integer, List<Double>> sizes) {
    TreeMap<Integer, Double> cpu = new TreeMap<>();
    sizes.forEach((size, all) -> cpu.put(size, median(all)));
    double base = median(sizes.getOrDefault(GrowthPlan.BASE, List.of()));
    return new GrowthReport.Row(name, cpu, cpu.lastEntry().getValue() / base);
  }

  private static double median(List<Double> all) {
    return all.stream().sorted().toList().get(all.size() / 2);
  }

  private List<String> counted() {
    List<String> counted = new ArrayList<>();
    counted.add("this process, %d".formatted(ProcessHandle.current().pid()));
    plan.pids().forEach(pid -> counted.add("process %d and its children".formatted(pid)));
    return counted;
  }
}
