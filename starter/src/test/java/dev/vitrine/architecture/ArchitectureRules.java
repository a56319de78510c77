package dev.vitrine.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules, each for the packages it is given, so that a test can show it failing elsewhere. */
final class ArchitectureRules {

  /** The modules in the order in which they may know each other. */
  static final List<String> MODULES = List.of("workflows", "activities", "worker", "starter");

  /** What starts and watches workflows from outside, in the same module. */
  static final String PROCESS = "dev.vitrine.process..";

  /** The packages of module {@code workflows} that workflows run. */
  static final String[] WORKFLOW_CODE = {
    "dev.vitrine.workflow..",
    "dev.vitrine.activity..",
    "dev.vitrine.image..",
    "dev.vitrine.access..",
    "dev.vitrine.listing..",
    "dev.vitrine.task..",
    "dev.vitrine.lifecycle..",
    "dev.vitrine.text..",
    "dev.vitrine.error..",
    "dev.vitrine.json.."
  };

  /** What every process of ours has, be it a server or a client; no workflow may know it. */
  static final String[] PROCESS_SUPPORT = {
    "dev.vitrine.thread..", "dev.vitrine.codec..", "dev.vitrine.keystone.."
  };

  /** What those know that start and watch workflows. */
  static final String[] PROCESS_KNOWS =
      Stream.of(WORKFLOW_CODE, PROCESS_SUPPORT).flatMap(Stream::of).toArray(String[]::new);

  /** The packages of module {@code workflows}. */
  static final String[] WORKFLOW_MODULE =
      Stream.concat(Stream.of(PROCESS), Stream.of(PROCESS_KNOWS)).toArray(String[]::new);

  private static final Set<String> UNSAFE_TYPES =
      Set.of(
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer",
          "java.security.SecureRandom",
          "java.time.Clock",
          "java.time.InstantSource");

  private static final Set<String> UNSAFE_CALLS =
      Set.of(
          "java.lang.Math.random",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.identityHashCode",
          "java.util.UUID.randomUUID",
          "io.temporal.activity.Activity.getExecutionContext");

  /** What only guards ask: who may have it is asked first. */
  private static final Set<String> FOR_GUARDS = registry("ImageRecords", "Members", "TaskRecords");

  /** What beside guards only workflows' own steps do. */
  private static final Set<String> FOR_STEPS =
      registry("ImageLookup", "Uploads", "Deletions", "TaskRuns", "TransferNotes");

  private ArchitectureRules() {}

  /** What runs in a workflow gives the same at every replay. */
  static List<ArchRule> deterministic(String... packages) {
    return List.of(
        noClasses()
            .that()
            .resideInAnyPackage(packages)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio..",
                        "java.sql..",
                        "java.util.concurrent..",
                        "io.temporal.workflow.unsafe..",
                        "io.temporal.internal..",
                        "io.temporal.client..",
                        PROCESS,
                        PROCESS_SUPPORT[0],
                        PROCESS_SUPPORT[1])
                    .and(not(named("java.net.URI")))
                    .and(not(named("java.net.URISyntaxException")))
                    .and(not(named("java.nio.charset.StandardCharsets")))
                    // Lambdas and enumerations of the JDK are serializable; that is no file.
                    .and(not(named("java.io.Serializable"))))
            .because("a workflow touches no file, network, database or thread pool"),
        noClasses()
            .that()
            .resideInAnyPackage(packages)
            .should()
            .dependOnClassesThat(
                describe("are nondeterministic", type -> UNSAFE_TYPES.contains(type.getName())))
            .because("a workflow has no thread, chance or clock of its own"),
        noClasses()
            .that()
            .resideInAnyPackage(packages)
            .should()
            .accessTargetWhere(
                describe("its target is nondeterministic", ArchitectureRules::isUnsafe))
            .because("a workflow's time, ids and surroundings come from Temporal"));
  }

  /** The client knows Temporal and module {@code workflows} and nothing else of ours. */
  static ArchRule clientKnowsOnlyWorkflows(String clientPackage) {
    return knowsOnly(clientPackage, WORKFLOW_MODULE)
        .because("whoever adds the client gets no server with it");
  }

  /** Starting and watching takes what workflows take and give, and Temporal. */
  static ArchRule processesKnowOnlyWorkflowCode(String processPackage) {
    return knowsOnly(processPackage, PROCESS_KNOWS)
        .because("clients and servers start workflows in the same way");
  }

  private static ArchRule knowsOnly(String aPackage, String[] ours) {
    return classes()
        .that()
        .resideInAPackage(aPackage)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(ours)
                .or(
                    resideInAnyPackage(
                        aPackage,
                        // Part of Temporal's interface: the status of a call that failed, and
                        // times in the description of an execution.
                        "io.grpc..",
                        "com.google.protobuf..",
                        "io.temporal..",
                        "java..",
                        "javax.crypto..",
                        "org.jspecify.annotations..")));
  }

  /** The client of the API knows its wire and Vitrine's errors, and no other part. */
  static ArchRule remoteKnowsOnlyTheWire(String remotePackage) {
    return classes()
        .that()
        .resideInAPackage(remotePackage)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                remotePackage,
                "dev.vitrine.error..",
                // What is said of data, of progress and of times is the same on both sides.
                "dev.vitrine.image..",
                "dev.vitrine.json..",
                "dev.vitrine.task..",
                "dev.vitrine.keystone..",
                "dev.vitrine.thread..",
                "com.fasterxml.jackson..",
                "java..",
                "org.jspecify.annotations.."))
        .because("it works against any server of the API, and needs nothing but the JDK");
  }

  /** Without traces none of OpenTelemetry is loaded: only one package can be the reason. */
  static ArchRule onlyTracingKnowsOpenTelemetry(String tracingPackage, String others) {
    return noClasses()
        .that()
        .resideInAPackage(others)
        .and()
        .resideOutsideOfPackage(tracingPackage)
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.opentelemetry.."))
        .because("traces are off by default, and cost nothing then");
  }

  /** Inspectors are given bytes and say what they are. */
  static ArchRule inspectorsKnowOnlyBytes(String inspectPackage) {
    return classes()
        .that()
        .resideInAPackage(inspectPackage)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                inspectPackage,
                "java.lang..",
                "java.util",
                "java.util.function",
                "java.util.stream",
                "java.nio",
                "java.nio.charset",
                "org.jspecify.annotations.."))
        .because("what strangers send is parsed where there is no file, network or registry");
  }

  /**
   * Dependencies point one way.
   *
   * @param moduleOf the module that a class belongs to; empty for what is not ours
   */
  static ArchRule modulesPointOneWay(Function<JavaClass, String> moduleOf) {
    return classes()
        .should(
            new ArchCondition<JavaClass>("depend on classes of earlier modules only") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                int own = MODULES.indexOf(moduleOf.apply(type));
                type.getDirectDependenciesFromSelf().stream()
                    .filter(used -> MODULES.indexOf(moduleOf.apply(used.getTargetClass())) > own)
                    .forEach(
                        used ->
                            events.add(SimpleConditionEvent.violated(used, used.getDescription())));
              }
            });
  }

  /** Whoever asks on somebody's behalf asks the guards, and they ask the registry. */
  static List<ArchRule> onlyGuardsAskTheRegistry(String... packages) {
    return List.of(
        askedOnlyIn(FOR_GUARDS, packages, "dev.vitrine.registry..", "dev.vitrine.guard..")
            .because("one place decides who may see or change an image or a task"),
        askedOnlyIn(
                FOR_STEPS,
                packages,
                "dev.vitrine.registry..",
                "dev.vitrine.guard..",
                "dev.vitrine.step..",
                "dev.vitrine.transfer..",
                "dev.vitrine.verification..",
                // The demonstration has its registry to itself.
                "dev.vitrine.embedded..")
            .because("a step is done for a workflow, which was asked for by who may"));
  }

  private static ArchRule askedOnlyIn(Set<String> parts, String[] packages, String... homes) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages)
        .and()
        .resideOutsideOfPackages(homes)
        .should()
        .accessTargetWhere(
            describe(
                "its target is a part of the registry that others ask",
                access -> parts.contains(access.getTarget().getOwner().getName())));
  }

  private static Set<String> registry(String... parts) {
    return Stream.of(parts)
        .map(part -> "dev.vitrine.registry." + part)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Every package says that null is marked. */
  static ArchRule nullIsMarked() {
    return classes()
        .should(
            new ArchCondition<JavaClass>("lie in a @NullMarked package") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                JavaPackage home = type.getPackage();
                boolean marked =
                    home.tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                events.add(
                    new SimpleConditionEvent(
                        type, marked, "%s: package %s".formatted(type.getName(), home.getName())));
              }
            });
  }

  private static boolean isUnsafe(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    String owner = target.getOwner().getName();
    return UNSAFE_CALLS.contains(owner + "." + target.getName())
        || target.getName().equals("parallelStream")
        || (owner.startsWith("java.time.") && target.getName().equals("now"));
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return describe(name, type -> type.getName().equals(name));
  }
}
