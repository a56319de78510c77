package dev.vitrine.it;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stages and imports with the clients that people use, unchanged, as their documents say, into
 * three stores of which one is a bucket.
 */
@Timeout(900)
class ImportClientsIT {

  @Test
  void importWithOpenStacksCommandLines(@TempDir Path directory) throws Exception {
    ClientPrograms.python("openstack", "python");
    try (S3Server s3 = new S3Server();
        Cluster cluster = Cluster.withThreeStores(directory, s3)) {
      URI api = cluster.startApi();

      ClientPrograms.openStackScript("test_imports", Map.of("VITRINE_API", api.toString()));
    }
  }

  @Test
  void importWithGophercloud(@TempDir Path directory) throws Exception {
    String go = ClientPrograms.go().toString();
    try (S3Server s3 = new S3Server();
        Cluster cluster = Cluster.withThreeStores(directory, s3)) {
      URI api = cluster.startApi();

      ClientPrograms.run(
          ClientPrograms.SCRIPTS.resolve("gophercloud"),
          Map.of("VITRINE_API", api.toString()),
          List.of(go, "test", "-count=1", "-v", "-run", "Import|Stage", "./..."));
    }
  }
}
