package dev.vitrine.worker;

import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a real server. */
class SearchAttributeRegistrationIT extends SearchAttributeRegistrationContract {

  private static TestWorkflowEnvironment temporal;

  @BeforeAll
  static void startServer() {
    temporal = RealTemporal.start();
  }

  @AfterAll
  static void stopServer() {
    if (temporal != null) {
      temporal.close();
    }
  }

  @Override
  TestWorkflowEnvironment temporal() {
    return temporal;
  }
}
