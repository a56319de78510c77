package dev.vitrine.client;

import dev.vitrine.fake.FakeVitrine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a real server. */
class VitrineClientIT extends VitrineClientContract {

  @SuppressWarnings("NullAway.Init")
  private static FakeVitrine vitrine;

  VitrineClientIT() {
    super(vitrine);
  }

  @BeforeAll
  static void start() {
    vitrine = FakeVitrine.startOnRealServer();
  }

  @AfterAll
  static void stop() {
    vitrine.close();
  }
}
