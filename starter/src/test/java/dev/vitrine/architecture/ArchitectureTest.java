package dev.vitrine.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

  private static final String BAD = "dev.vitrine.architecture.violation";

  static {
    // The rules go by names; reading all of the JDK and the libraries would take seconds.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
  }

  static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.vitrine");

  private static final JavaClasses VIOLATIONS =
      new ClassFileImporter().importPackages("dev.vitrine.architecture");

  @Test
  void seesTheModulesItGuards() {
    assertThat(CODE.stream().map(ArchitectureTest::moduleOf).distinct())
        .contains("workflows", "activities", "starter")
        .doesNotContain("");
  }

  @Test
  void workflowCodeIsDeterministic() {
    for (ArchRule rule : ArchitectureRules.deterministic(ArchitectureRules.WORKFLOW_CODE)) {
      rule.check(CODE);
    }
  }

  @ParameterizedTest
  @MethodSource("forbiddenDeeds")
  void noticesWhatWorkflowCodeMustNotDo(String deed) {
    String reports =
        ArchitectureRules.deterministic(BAD + ".workflow..").stream()
            .map(rule -> rule.evaluate(VIOLATIONS))
            .map(EvaluationResult::getFailureReport)
            .map(Object::toString)
            .collect(Collectors.joining("\n"));

    assertThat(reports).contains("Nondeterministic." + deed + "(");
  }

  static Stream<String> forbiddenDeeds() throws ClassNotFoundException {
    return Arrays.stream(Class.forName(BAD + ".workflow.Nondeterministic").getDeclaredMethods())
        .filter(method -> !method.isSynthetic() && Modifier.isStatic(method.getModifiers()))
        .map(method -> method.getName());
  }

  @Test
  void theClientKnowsOnlyWorkflowsAndTemporal() {
    ArchitectureRules.clientKnowsOnlyWorkflows("dev.vitrine.client..").check(CODE);
  }

  @Test
  void whatStartsWorkflowsKnowsOnlyWorkflowCodeAndTemporal() {
    ArchitectureRules.processesKnowOnlyWorkflowCode(ArchitectureRules.PROCESS).check(CODE);
  }

  @Test
  void noticesAClientThatKnowsMore() {
    for (ArchRule rule :
        List.of(
            ArchitectureRules.clientKnowsOnlyWorkflows(BAD + ".client.."),
            ArchitectureRules.processesKnowOnlyWorkflowCode(BAD + ".client.."))) {
      assertThatThrownBy(() -> rule.check(VIOLATIONS))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("KnowsTheCommandLine");
    }
  }

  @Test
  void theApisClientKnowsOnlyTheWire() {
    ArchitectureRules.remoteKnowsOnlyTheWire("dev.vitrine.remote..").check(CODE);
  }

  @Test
  void noticesAClientOfTheApiThatKnowsMore() {
    assertThatThrownBy(
            () -> ArchitectureRules.remoteKnowsOnlyTheWire(BAD + ".client..").check(VIOLATIONS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowsTheCommandLine");
  }

  @Test
  void onlyTracingKnowsOpenTelemetry() {
    ArchitectureRules.onlyTracingKnowsOpenTelemetry("dev.vitrine.tracing..", "dev.vitrine..")
        .check(CODE);
  }

  @Test
  void noticesSomebodyElseWhoKnowsOpenTelemetry() {
    assertThatThrownBy(
            () ->
                ArchitectureRules.onlyTracingKnowsOpenTelemetry(BAD + ".client..", BAD + "..")
                    .check(VIOLATIONS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowsAll");
  }

  @Test
  void inspectorsKnowOnlyBytes() {
    ArchitectureRules.inspectorsKnowOnlyBytes("dev.vitrine.inspect..").check(CODE);
  }

  @Test
  void noticesAnInspectorThatKnowsMore() {
    assertThatThrownBy(
            () -> ArchitectureRules.inspectorsKnowOnlyBytes(BAD + ".client..").check(VIOLATIONS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowsTheCommandLine");
  }

  @Test
  void modulesPointOneWay() {
    ArchitectureRules.modulesPointOneWay(ArchitectureTest::moduleOf).check(CODE);
  }

  @Test
  void noticesAModuleThatPointsBack() {
    List<String> client = List.of("dev.vitrine.architecture.violation.client");
    ArchRule asIfInWorkflows =
        ArchitectureRules.modulesPointOneWay(
            type -> client.contains(type.getPackageName()) ? "workflows" : moduleOf(type));
    JavaClasses both = new ClassFileImporter().importPackages("dev.vitrine");

    assertThatThrownBy(() -> asIfInWorkflows.check(both))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowsTheCommandLine");
  }

  @Test
  void onlyGuardsAskTheRegistryOnSomebodysBehalf() {
    for (ArchRule rule : ArchitectureRules.onlyGuardsAskTheRegistry("dev.vitrine..")) {
      rule.check(CODE);
    }
  }

  @Test
  void noticesWhoAsksTheRegistryPastThem() {
    assertThat(
            ArchitectureRules.onlyGuardsAskTheRegistry(BAD + "..").stream()
                .map(rule -> rule.evaluate(VIOLATIONS).getFailureReport().toString()))
        .satisfiesExactly(
            guards -> assertThat(guards).contains("ReadsTasksUnasked"),
            steps -> assertThat(steps).contains("DeletesUnasked"));
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThatCode(() -> ArchitectureRules.nullIsMarked().check(CODE)).doesNotThrowAnyException();
  }

  @Test
  void noticesAPackageThatIsNot() {
    assertThatThrownBy(() -> ArchitectureRules.nullIsMarked().check(VIOLATIONS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("package dev.vitrine.architecture.unmarked");
  }

  /** From where it was compiled to: a module's classes or its jar. */
  private static String moduleOf(JavaClass type) {
    String home = type.getSource().map(source -> source.getUri().toString()).orElse("");
    return ArchitectureRules.MODULES.stream()
        .filter(
            module ->
                home.contains("/" + module + "/target/") || home.contains("vitrine-" + module))
        .findFirst()
        .orElse("");
  }
}
