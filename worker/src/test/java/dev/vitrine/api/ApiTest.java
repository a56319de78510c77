package dev.vitrine.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of the API over HTTP. They share an installation; each has projects of its own. */
@Timeout(120)
abstract class ApiTest {

  @RegisterExtension static final SharedInstallation SHARED = new SharedInstallation();

  /** Of the owner of everything that a test makes. */
  Api alice;

  /** A reader of Alice's project. */
  Api rita;

  /** Of another project. */
  Api bob;

  Api root;

  /** Whose operator allows everything that is not allowed by default. */
  private static final Map<String, String> GENEROUS =
      Map.of(
          "VITRINE_API_HASH_LOCATIONS",
          "false",
          "VITRINE_API_SHOW_LOCATIONS",
          "true",
          "VITRINE_API_TASKS_FOR_MEMBERS",
          "true",
          "VITRINE_API_CANCEL_TASKS",
          "true");

  /** Installations for all classes, from the first that needs one to the end of the run. */
  static final class SharedInstallation implements BeforeEachCallback {
    private static ExtensionContext.Store store;

    @Override
    public void beforeEach(ExtensionContext context) {
      store = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
    }

    private static ApiInstallation get(Map<String, String> settings) {
      return store.computeIfAbsent(settings, SharedInstallation::start, ApiInstallation.class);
    }

    private static ApiInstallation start(Map<String, String> settings) {
      try {
        return new ApiInstallation(settings);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static ApiInstallation installation() {
    return SharedInstallation.get(Map.of());
  }

  /** Another one, where everything is allowed that is not by default. */
  static ApiInstallation generous() {
    return SharedInstallation.get(GENEROUS);
  }

  /** Another one, with the stores {@code a}, {@code b} and {@code c}. */
  static ApiInstallation manyStores() {
    return SharedInstallation.get(ApiInstallation.MANY_STORES);
  }

  /** The same, where each step of an import is switched on that is not by default. */
  static ApiInstallation manySteps() {
    Map<String, String> settings = new HashMap<>(ApiInstallation.MANY_STORES);
    settings.put("VITRINE_IMPORTS_DECOMPRESSION", "true");
    settings.put("VITRINE_TRANSFER_SIGNATURE_CERTIFICATES", System.getProperty("java.io.tmpdir"));
    settings.put("VITRINE_IMPORTS_INJECT", "team=images,os_type=linux");
    return SharedInstallation.get(settings);
  }

  /** Another one with those settings. */
  static ApiInstallation with(Map<String, String> settings) {
    return SharedInstallation.get(settings);
  }

  /** Another one that takes locations, and reads what is there. */
  static ApiInstallation hashing() {
    return SharedInstallation.get(Map.of("VITRINE_API_SHOW_LOCATIONS", "true"));
  }

  /** The installation that the test's callers call. */
  ApiInstallation called() {
    return installation();
  }

  @BeforeEach
  void callers() {
    String project = "acme-" + UUID.randomUUID();
    alice = called().as("alice", project, "member");
    rita = called().as("rita", project, "reader");
    bob = called().as("bob", "other-" + UUID.randomUUID(), "member");
    root = called().as("root", "ops", "admin");
  }
}
