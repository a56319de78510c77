package dev.vitrine.cli;

import dev.vitrine.embedded.EmbeddedStack;
import dev.vitrine.error.VitrineException.Invalid;
import io.temporal.client.WorkflowClient;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The stack that a measurement runs in its own process, by its options. */
final class BenchStack {

  @Option(names = "--in-memory", description = "Take the in-memory server, in this process.")
  private boolean inMemory;

  @Option(
      names = "--dev-server",
      description = "Take a development server on a file, started for this.")
  private boolean developmentServer;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description =
          "The registry, empty or used by this alone:"
              + " jdbc:postgresql://HOST/DATABASE?user=NAME; default: SQLite, for this run.")
  private @Nullable String registry;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description =
          "A process on this machine that counts, with its children: a Temporal server's that the"
              + " environment names, PostgreSQL's; may be repeated.")
  private List<Long> pids = new ArrayList<>();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the data of this run is kept, and removed; default: $$TMPDIR.")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

  /** A measurement of a stack that has everything in a directory. */
  interface Measurement<T> {
    T of(EmbeddedStack stack, Path data) throws IOException;
  }

  /** Processes that count beside this one. */
  List<Long> pids() {
    return pids;
  }

  /** Starts one, measures it, and leaves nothing of it. */
  <T> T run(Vitrine vitrine, Measurement<T> measurement) throws IOException {
    if (inMemory && developmentServer) {
      throw new Invalid("--in-memory and --dev-server are two servers; give one");
    }
    Path data = Files.createTempDirectory(directory, "vitrine-bench-");
    WorkflowClient named = inMemory || developmentServer ? null : named(vitrine);
    try (EmbeddedStack stack =
        named != null
            ? EmbeddedStack.on(named, data, registry)
            : inMemory
                ? EmbeddedStack.inMemory(data, registry)
                : EmbeddedStack.onDevelopmentServer(data, registry)) {
      return measurement.of(stack, data);
    } finally {
      if (named != null) {
        named.getWorkflowServiceStubs().shutdownNow();
      }
      remove(data);
    }
  }

  private WorkflowClient named(Vitrine vitrine) {
    try {
      ClientConfigProfile profile =
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder()
                  .setEnvOverrides(vitrine.shell().environment())
                  .build());
      return WorkflowClient.newInstance(
          WorkflowServiceStubs.newServiceStubs(profile.toWorkflowServiceStubsOptions()),
          profile.toWorkflowClientOptions());
    } catch (IOException | RuntimeException e) {
      throw new Invalid("Temporal's environment configuration can't be read: " + e.getMessage());
    }
  }

  /** Removes a directory with everything in it. */
  static void remove(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : all) {
      boolean unused = Files.deleteIfExists(one);
    }
  }
}
