package dev.vitrine.it;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that Schemathesis makes up from the API's own description, valid and broken ones, always
 * the same: none may bring the server to an error of its own, and what it answers is as described.
 */
@Timeout(900)
class SchemathesisIT {

  private static final String CHECKS =
      "not_a_server_error,content_type_conformance,response_schema_conformance";
  private static final String CASES_PER_OPERATION = "40";
  private static final String SEED = "4";

  @Test
  void findsNothingThatBreaksTheServer(@TempDir Path directory) throws Exception {
    String schemathesis = ClientPrograms.python("schemathesis", "st").toString();
    try (Cluster cluster = new Cluster(directory)) {
      URI api = cluster.startApi();

      ClientPrograms.run(
          directory,
          Map.of(
              "SCHEMATHESIS_HOOKS",
              ClientPrograms.SCRIPTS.resolve("schemathesis_hooks.py").toString(),
              "VITRINE_API",
              api.toString()),
          List.of(
              schemathesis,
              "run",
              "--no-color",
              "--checks",
              CHECKS,
              "--phases",
              "examples,coverage,fuzzing",
              "--max-examples",
              CASES_PER_OPERATION,
              "--seed",
              SEED,
              "--generation-database",
              "none",
              "--request-timeout",
              "30",
              "--warnings",
              "off",
              "--url",
              api.toString(),
              api.resolve("/openapi.json").toString()));
    }
  }
}
