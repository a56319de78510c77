package dev.vitrine.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests, checked against Kubernetes' own schemas. */
class KubernetesIT {

  private static final Path BASE = Path.of("..", "worker", "deploy", "kubernetes", "base");

  @Test
  void isWhatKubernetesTakes() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ClientPrograms.python("kubernetes", "kubernetes-validate").toString());
    command.add("--strict");
    try (Stream<Path> files = Files.list(BASE)) {
      files
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .forEach(file -> command.add(file.toAbsolutePath().toString()));
    }

    ClientPrograms.run(Path.of("target"), Map.of(), command);
  }
}
