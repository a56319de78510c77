package dev.vitrine.store.s3;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

/** Exports to moto. */
final class MotoExportIT extends ExportContract {

  private static MotoServer server;
  private static S3Client client;

  @BeforeAll
  static void start() throws Exception {
    server = new MotoServer();
    client = server.client();
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
      server.close();
    }
  }

  @Override
  URI endpoint() {
    return server.endpoint();
  }

  @Override
  S3Client client() {
    return client;
  }
}
