package dev.vitrine.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a package must not know, as its package-info says it.
 *
 * @param name of the package, without {@code dev.vitrine.}; those below it have walls of their own
 * @param unknown packages: ours by their short names, others by their full ones; with {@code ..}
 *     also those below
 */
record Wall(String name, List<String> unknown) {

  private static final String[] TEMPORAL = {"io.temporal.."};
  private static final String[] HTTP_SERVER = {"http", "api", "org.eclipse.jetty.."};
  private static final String[] STORES = {"store.."};
  private static final String[] DATABASE = {"database", "java.sql", "org.jdbi.."};
  private static final String[] REGISTRY = {"registry.."};
  private static final String[] WORKFLOWS = {"workflow.."};
  private static final String[] COMMAND_LINE = {"cli", "terminal", "picocli"};

  /** Statements are for whoever keeps the registry; opening the database is the process's. */
  private static final String[] DATABASE_STATEMENTS = {"java.sql", "org.jdbi.."};

  private static final String[] COMMAND = {"cli", "picocli"};
  private static final String[] SERVER = {"worker", "config", "auth", "http", "api"};
  private static final String[] DOING = {
    "step", "guard", "reconciliation", "registry..", "transfer", "download", "source", "store.."
  };

  /** All of them, in the order of the modules. */
  static final List<Wall> ALL =
      List.of(
          of("access", TEMPORAL, DATABASE, REGISTRY, STORES, new String[] {"auth", "keystone"}),
          of("activity", DOING),
          of("codec", REGISTRY, STORES, new String[] {"image", "task", "access", "activity"}),
          of("error", HTTP_SERVER, COMMAND_LINE),
          of("image", TEMPORAL, DATABASE, REGISTRY, STORES, new String[] {"access"}),
          of("json", new String[] {"image", "task", "access", "activity", "workflow.."}),
          of("keystone", new String[] {"auth", "remote", "access", "java.net.http"}),
          of(
              "lifecycle",
              TEMPORAL,
              DATABASE,
              STORES,
              new String[] {"image", "task", "java.time.."}),
          of("listing", TEMPORAL, DATABASE, REGISTRY, STORES),
          of("process", DOING, SERVER, COMMAND_LINE, new String[] {"client"}),
          of("task", TEMPORAL, DATABASE, REGISTRY, STORES, WORKFLOWS),
          of("text", new String[] {"http", "source", "image", "task"}),
          of("thread", TEMPORAL, new String[] {"image", "task", "transfer", "web", "remote"}),
          of(
              "workflow",
              DATABASE,
              REGISTRY,
              new String[] {
                "java.io",
                "java.nio.file..",
                "java.net.http",
                "workflow.action",
                "workflow.deletion",
                "workflow.reader",
                "workflow.reconciliation",
                "workflow.registration",
                "workflow.task",
                "workflow.upload",
                "workflow.verification",
                "workflow.webhook"
              }),
          of(
              "workflow.action",
              new String[] {
                "workflow.deletion",
                "workflow.reader",
                "workflow.reconciliation",
                "workflow.registration",
                "workflow.task",
                "workflow.upload"
              }),
          of(
              "workflow.deletion",
              new String[] {"workflow.task", "workflow.reconciliation", "workflow.registration"}),
          of(
              "workflow.reader",
              new String[] {
                "workflow.action",
                "workflow.deletion",
                "workflow.reconciliation",
                "workflow.registration",
                "workflow.task",
                "workflow.upload"
              }),
          of("workflow.reconciliation", new String[] {"workflow.upload", "workflow.task"}),
          of("workflow.registration", new String[] {"activity", "access"}),
          of("workflow.task", new String[] {"workflow.reconciliation", "workflow.registration"}),
          of(
              "workflow.upload",
              new String[] {
                "workflow.deletion",
                "workflow.task",
                "workflow.reconciliation",
                "workflow.registration"
              }),
          of("workflow.verification", STORES, REGISTRY, DATABASE, new String[] {"verification"}),
          of(
              "workflow.webhook",
              DATABASE,
              REGISTRY,
              new String[] {
                "image",
                "task",
                "workflow.action",
                "workflow.deletion",
                "workflow.reader",
                "workflow.reconciliation",
                "workflow.registration",
                "workflow.task",
                "workflow.upload"
              }),
          of("database", REGISTRY, new String[] {"image", "task", "access", "activity"}),
          of(
              "conversion",
              TEMPORAL,
              DATABASE,
              REGISTRY,
              STORES,
              new String[] {"image", "task", "transfer", "http"}),
          of(
              "decompression",
              TEMPORAL,
              DATABASE,
              REGISTRY,
              STORES,
              new String[] {"image", "task", "transfer", "http"}),
          of("download", HTTP_SERVER, new String[] {"transfer"}),
          of("files", new String[] {"image", "task", "store..", "registry..", "transfer"}),
          of(
              "guard",
              STORES,
              DATABASE,
              new String[] {"transfer", "download", "source", "registry.sql"}),
          of(
              "inspect",
              TEMPORAL,
              DATABASE,
              REGISTRY,
              STORES,
              new String[] {"image", "source", "transfer", "http"}),
          of("reconciliation", new String[] {"workflow.reconciliation", "step", "transfer"}),
          of(
              "registry",
              DATABASE,
              STORES,
              SERVER,
              new String[] {"registry.sql..", "transfer", "download"}),
          of("registry.sql", STORES, new String[] {"transfer", "download", "guard"}),
          of(
              "registry.sql.page",
              STORES,
              new String[] {"registry", "registry.sql", "guard", "transfer", "download"}),
          of(
              "registry.sql.history",
              STORES,
              new String[] {"registry.sql", "guard", "transfer", "download"}),
          of(
              "signature",
              TEMPORAL,
              DATABASE,
              REGISTRY,
              STORES,
              new String[] {"image", "task", "transfer", "http"}),
          of("source", new String[] {"transfer", "download", "http", "api", "workflow.upload"}),
          of("step", STORES, DATABASE, new String[] {"transfer", "download", "registry.sql"}),
          of(
              "store",
              TEMPORAL,
              REGISTRY,
              new String[] {"store.file", "store.s3", "image", "source", "task", "transfer"}),
          of("store.file", TEMPORAL, REGISTRY, new String[] {"image", "source", "task"}),
          of("store.s3", TEMPORAL, REGISTRY, new String[] {"image", "source", "task"}),
          of(
              "transfer",
              WORKFLOWS,
              DATABASE,
              HTTP_SERVER,
              new String[] {"download", "registry.sql"}),
          of("verification", WORKFLOWS, DATABASE, HTTP_SERVER, new String[] {"transfer", "source"}),
          of("web", new String[] {"image", "task", "transfer", "source", "registry.."}),
          of(
              "webhook",
              STORES,
              DATABASE,
              HTTP_SERVER,
              new String[] {"registry.sql..", "guard", "transfer", "download"}),
          of("operations", STORES, DATABASE, new String[] {"transfer", "registry.sql", "guard"}),
          of("api", STORES, DATABASE, new String[] {"transfer", "registry.sql", "lifecycle"}),
          of("auth", HTTP_SERVER, new String[] {"image", "task", "guard"}),
          of("config", HTTP_SERVER, REGISTRY, STORES, new String[] {"worker", "auth", "transfer"}),
          of(
              "http",
              REGISTRY,
              STORES,
              new String[] {"image", "task", "guard", "api", "workflow..", "listing"}),
          of("logging", new String[] {"image", "task", "workflow..", "http", "registry.."}),
          of("tracing", REGISTRY, DATABASE, new String[] {"transfer", "source", "config", "api"}),
          of("worker", DATABASE_STATEMENTS, new String[] {"image", "task", "lifecycle"}),
          of("backend", COMMAND, REGISTRY, STORES, new String[] {"worker", "embedded"}),
          of("bench", COMMAND_LINE, new String[] {"worker", "registry..", "client", "embedded"}),
          of("bench.durable", COMMAND_LINE),
          of("bench.growth", COMMAND_LINE),
          of("cli", REGISTRY, STORES, DATABASE, WORKFLOWS, new String[] {"process"}),
          of("client", DOING, SERVER, COMMAND_LINE),
          of("decoder", SERVER, REGISTRY, STORES, WORKFLOWS, COMMAND_LINE),
          of("embedded", COMMAND_LINE, new String[] {"backend"}),
          of("remote", TEMPORAL, REGISTRY, WORKFLOWS, COMMAND_LINE, new String[] {"process"}),
          of("terminal", COMMAND, new String[] {"cli", "backend", "client"}),
          of(
              "torture",
              REGISTRY,
              STORES,
              WORKFLOWS,
              COMMAND_LINE,
              new String[] {"worker", "client", "process", "guard"}));

  private static Wall of(String name, String[]... unknown) {
    return new Wall(name, Stream.of(unknown).flatMap(Stream::of).distinct().toList());
  }

  /** The rule that the code keeps. */
  List<ArchRule> rules() {
    return unknown.stream().map(what -> rule(PackageMap.OURS + name, what)).toList();
  }

  /** The same for another package, whose classes know what they must not. */
  static ArchRule rule(String home, String what) {
    return noClasses()
        .that()
        .resideInAPackage(home)
        .should()
        .dependOnClassesThat(resideInAPackage(pattern(what)))
        .because("the package-info of " + home + " says so");
  }

  private static String pattern(String what) {
    boolean isOurs = Stream.of("java.", "io.", "org.", "picocli").noneMatch(what::startsWith);
    return isOurs ? PackageMap.OURS + what : what;
  }
}
