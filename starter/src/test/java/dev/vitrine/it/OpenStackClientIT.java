package dev.vitrine.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The life of an image and of a task with OpenStack's own command lines and SDK, unchanged, against
 * a worker that serves the API without authentication.
 */
@Timeout(900)
class OpenStackClientIT {

  @TempDir private static Path directory;
  private static Cluster cluster;
  private static URI api;

  @BeforeAll
  static void start() throws Exception {
    ClientPrograms.python("openstack", "python");
    cluster = new Cluster(directory);
    api = cluster.startApi();
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"test_openstack", "test_glance", "test_sdk"})
  void walkTheLifeOfAnImageAndOfATask(String script) throws Exception {
    ClientPrograms.openStackScript(script, Map.of("VITRINE_API", api.toString()));
  }
}
