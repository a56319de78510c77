package dev.vitrine.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the files below {@code deploy} say is what the worker takes. */
class DeploymentTest {

  private static final Path DEPLOY = Path.of("deploy");
  private static final Path BASE = DEPLOY.resolve("kubernetes/base");

  private static List<JsonNode> documents(Path file) throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    List<JsonNode> documents = new ArrayList<>();
    yaml.readerFor(JsonNode.class)
        .<JsonNode>readValues(new YAMLFactory().createParser(file.toFile()))
        .forEachRemaining(documents::add);
    return documents;
  }

  private static JsonNode ofKind(String kind, Path file) throws IOException {
    return documents(file).stream()
        .filter(document -> document.path("kind").textValue().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static Settings settings(WorkerRole role) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    put(environment, ofKind("ConfigMap", BASE.resolve("settings.yaml")).path("data"));
    for (JsonNode one : container(deployment(role)).path("env")) {
      environment.put(one.path("name").textValue(), one.path("value").asText());
    }
    return Settings.load(null, environment);
  }

  private static void put(Map<String, String> environment, JsonNode variables) {
    for (Map.Entry<String, JsonNode> one : variables.properties()) {
      environment.put(one.getKey(), one.getValue().asText());
    }
  }

  private static JsonNode deployment(WorkerRole role) throws IOException {
    return ofKind("Deployment", BASE.resolve(role.word() + ".yaml"));
  }

  private static JsonNode pod(JsonNode deployment) {
    return deployment.path("spec").path("template").path("spec");
  }

  private static JsonNode container(JsonNode deployment) {
    return pod(deployment).path("containers").get(0);
  }

  @ParameterizedTest
  @EnumSource
  void eachRoleHasADeploymentWhoseSettingsItTakes(WorkerRole role) throws IOException {
    assertThat(settings(role).worker().roles()).containsExactly(role);
  }

  @ParameterizedTest
  @EnumSource
  void theGracePeriodIsLongerThanWhatIsDoneInIt(WorkerRole role) throws IOException {
    Duration grace =
        Duration.ofSeconds(pod(deployment(role)).path("terminationGracePeriodSeconds").longValue());
    Duration before = settings(role).worker().drainTime();

    // A transfer is handed over in two seconds, and a process needs some to end.
    assertThat(grace.minus(before))
        .isGreaterThan(settings(role).worker().shutdownGrace().plusSeconds(10));
  }

  @ParameterizedTest
  @EnumSource
  void noDisruptionTakesMoreThanOneProcessOfARole(WorkerRole role) throws IOException {
    JsonNode budget = ofKind("PodDisruptionBudget", BASE.resolve(role.word() + ".yaml"));

    assertThat(budget.path("spec").path("maxUnavailable").intValue()).isEqualTo(1);
    assertThat(budget.path("spec").path("selector"))
        .isEqualTo(deployment(role).path("spec").path("selector"));
    assertThat(deployment(role).path("spec").path("replicas").intValue()).isGreaterThan(1);
  }

  @Test
  void composeHasAProcessOfEachRoleWhoseSettingsItTakes() throws IOException {
    JsonNode compose = documents(DEPLOY.resolve("compose.yaml")).get(0);
    Set<WorkerRole> roles = new TreeSet<>();
    for (WorkerRole role : WorkerRole.values()) {
      Map<String, String> environment = new LinkedHashMap<>();
      put(environment, compose.path("x-environment"));
      put(environment, compose.path("services").path(role.word()).path("environment"));
      // Jackson leaves YAML's merging to its reader.
      environment.remove("<<");
      roles.addAll(Settings.load(null, environment).worker().roles());
    }
    assertThat(roles).containsExactly(WorkerRole.values());
  }
}
