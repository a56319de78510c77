package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Restarts the processes that serve the API, one after the other, while clients call. */
@Timeout(300)
class RollingRestartIT {

  private static final int SIZE = 24 << 20;
  private static final int SENT = 16 << 20;

  @TempDir Path directory;

  @Test
  void aRollingRestartUnderLoadFailsNoRequest() throws Exception {
    byte[] data = new byte[SIZE];
    new Random(12).nextBytes(data);
    try (Cluster cluster = new Cluster(directory)) {
      cluster.startWorker();
      List<ApiProcess> apis =
          new ArrayList<>(List.of(cluster.startApiAlone(), cluster.startApiAlone()));
      List<URI> urls = apis.stream().map(ApiProcess::url).toList();
      try (Balancer balancer = new Balancer(urls)) {
        for (int i = 0; i < apis.size(); i++) {
          ApiProcess old = apis.get(i);
          balancer.awaitAnswers(20, old.url());
          String id = old.createImage();
          try (Socket upload = old.beginUpload(id, data, SENT)) {
            old.process().requestEnd();
            balancer.awaitReady(old.url(), false);
            upload.getOutputStream().write(data, SENT, SIZE - SENT);
            assertThat(ApiProcess.statusLine(upload)).startsWith("HTTP/1.1 204 ");
          }
          assertThat(old.process().awaitExit()).isIn(0, 143);
          apis.set(i, cluster.startApiAlone(old.url().getPort()));
          balancer.awaitReady(old.url(), true);
          balancer.awaitAnswers(20, old.url());
        }
        assertThat(balancer.failures()).isEmpty();
      }
    }
  }
}
