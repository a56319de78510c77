package dev.vitrine.cli;

import dev.vitrine.image.ImageLifecycle;
import dev.vitrine.lifecycle.Edge;
import dev.vitrine.lifecycle.Lifecycle;
import dev.vitrine.task.TaskLifecycle;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine lifecycle}: needs no connection. */
@Command(name = "lifecycle", description = "Print every edge of the image and task statuses.")
final class LifecycleCommand implements Callable<Integer> {

  private static final List<Lifecycle<?, ?>> TABLES =
      List.of(ImageLifecycle.TABLE, TaskLifecycle.TABLE);

  private final Vitrine vitrine;

  @Option(names = "--mermaid", description = "As Mermaid state diagrams.")
  private boolean mermaid;

  LifecycleCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() {
    PrintWriter out = vitrine.shell().out();
    if (vitrine.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      for (Lifecycle<?, ?> table : TABLES) {
        document.put(table.noun(), table.edges().stream().map(LifecycleCommand::json).toList());
      }
      out.println(Output.toJson(document));
    } else {
      out.print(
          String.join(
              System.lineSeparator(),
              TABLES.stream().map(table -> mermaid ? table.toMermaid() : table.toText()).toList()));
    }
    out.flush();
    return ExitCode.OK.code();
  }

  private static Map<String, Object> json(Edge<?, ?> edge) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("number", edge.number());
    Enum<?> from = edge.from();
    if (from != null) {
      row.put("from", Lifecycle.word(from));
    }
    row.put("event", edge.event().toString());
    row.put("to", Lifecycle.word(edge.to()));
    row.put("condition", edge.condition());
    return row;
  }
}
