package dev.vitrine.it;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of an image and of a task with gophercloud, which most Go programs use. */
@Timeout(900)
class GophercloudIT {

  @Test
  void walksTheLifeOfAnImageAndOfATask(@TempDir Path directory) throws Exception {
    String go = ClientPrograms.go().toString();
    try (Cluster cluster = new Cluster(directory)) {
      URI api = cluster.startApi();

      ClientPrograms.run(
          ClientPrograms.SCRIPTS.resolve("gophercloud"),
          Map.of("VITRINE_API", api.toString()),
          List.of(go, "test", "-count=1", "-v", "./..."));
    }
  }
}
