package dev.vitrine.store.s3;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Moto's server in a process of its own, on a free port: of the Python environments below the
 * directory that the system property {@code vitrine.clients} names. Where it is missing the test is
 * skipped, or fails if the system property {@code vitrine.require-clients} is true.
 */
final class MotoServer implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final Path LOG = Path.of("target", "moto.log");

  private final Process process;
  private final URI endpoint;

  MotoServer() throws IOException {
    Path program = program();
    int port = freePort();
    endpoint = URI.create("http://127.0.0.1:" + port);
    Files.createDirectories(LOG.getParent());
    process =
        new ProcessBuilder(program.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(LOG.toFile())
            .start();
    try (S3Client client = client()) {
      makeBucket(client);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static Path program() {
    Path program =
        Path.of(System.getProperty("vitrine.clients", ""), "moto", "bin", "moto_server")
            .toAbsolutePath();
    if (Files.isExecutable(program)) {
      return program;
    }
    String missing = "there is no program %s: see -Dvitrine.clients".formatted(program);
    return Boolean.getBoolean("vitrine.require-clients") ? fail(missing) : abort(missing);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The first request that is answered; each waits a moment for its retries. */
  private void makeBucket(S3Client client) {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        client.createBucket(request -> request.bucket(S3Server.BUCKET));
        return;
      } catch (SdkClientException e) {
        if (!process.isAlive() || System.nanoTime() > until) {
          throw new AssertionError("moto does not answer; see " + LOG, e);
        }
      }
    }
  }

  URI endpoint() {
    return endpoint;
  }

  S3Client client() {
    return S3Server.client(endpoint, "any", "any");
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
