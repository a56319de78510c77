package dev.vitrine.client;

import dev.vitrine.fake.FakeVitrine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the in-memory server. */
class VitrineClientTest extends VitrineClientContract {

  @SuppressWarnings("NullAway.Init")
  private static FakeVitrine vitrine;

  VitrineClientTest() {
    super(vitrine);
  }

  @BeforeAll
  static void start() {
    vitrine = FakeVitrine.start();
  }

  @AfterAll
  static void stop() {
    vitrine.close();
  }
}
