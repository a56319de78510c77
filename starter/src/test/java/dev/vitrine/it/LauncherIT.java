package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher beside a jar that is as small as can be, and beside the one that was built. */
class LauncherIT {

  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final Path SCRIPT = Path.of("bin/vitrine").toAbsolutePath();

  @TempDir Path directory;
  private Path launcher;

  /** What a run printed, and which classes it loaded from where. */
  private record Run(int exit, String out, String err, String classes) {
    boolean tookTheArchive() {
      return classes.contains("dev.vitrine.cli.Vitrine source: shared objects file (top)");
    }
  }

  @BeforeEach
  void installs() throws IOException {
    assumeTrue(Files.exists(JAVA_HOME.resolve("lib/server/classes.jsa")));
    launcher = Files.copy(SCRIPT, directory.resolve("vitrine"), StandardCopyOption.COPY_ATTRIBUTES);
  }

  @Test
  void keepsTheClassesOfTheJarAndTakesThemFromThenOn() throws Exception {
    makeJar("one");

    Run first = run("image", "a  b", "");
    assertThat(first.out()).isEqualTo("one [image, a  b, ]\n");
    assertThat(first.exit()).isEqualTo(3);
    awaitArchive();
    Run second = run("image", "a  b", "");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.exit()).isEqualTo(3);
    assertThat(second.tookTheArchive()).isTrue();
    assertThat(first.err() + second.err()).isEmpty();
  }

  @Test
  void makesAnotherArchiveOfAnotherJar() throws Exception {
    makeJar("one");
    run("x");
    awaitArchive();
    Path archive = directory.resolve("vitrine.jsa");
    byte[] before = Files.readAllBytes(archive);

    makeJar("another");
    Run stale = run("x");
    assertThat(stale.out()).isEqualTo("another [x]\n");
    assertThat(stale.err()).isEmpty();
    assertThat(stale.tookTheArchive()).isFalse();
    Eventually.until("it is replaced", () -> tookTheArchive("x"));
    assertThat(Files.readAllBytes(archive)).isNotEqualTo(before);
    assertThat(run("x").out()).isEqualTo("another [x]\n");
    awaitArchive();
  }

  @Test
  void doesWithoutAnArchiveThatIsDamaged() throws Exception {
    makeJar("one");
    run("x");
    awaitArchive();
    Path archive = directory.resolve("vitrine.jsa");
    Files.delete(archive);
    Files.writeString(archive, "no archive");

    Run run = run("x");
    assertThat(run.out()).isEqualTo("one [x]\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void doesWithoutWhereNothingCanBeWritten() throws Exception {
    makeJar("one");
    // As if somebody else were at it; who may write everywhere would not mind a read-only folder.
    Files.createDirectory(directory.resolve("vitrine.jsa.lock"));

    Run run = run("x");
    assertThat(run.out()).isEqualTo("one [x]\n");
    assertThat(run.err()).isEmpty();
    assertThat(directory.resolve("vitrine.jsa")).doesNotExist();
  }

  @Test
  void asksNothingSpecialOfAnotherRuntime() throws Exception {
    makeJar("one");
    Path other = Files.createDirectories(directory.resolve("other/bin"));
    Path java = other.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    assertThat(run(Map.of("JAVA_HOME", other.getParent().toString()), "image", "list").out())
        .isEqualTo("-jar %s image list\n".formatted(directory.toRealPath().resolve("vitrine.jar")));
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Run run = run("x");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("there is no vitrine.jar in", "build it by: mvn package");
  }

  @Test
  void startsTheProgramThatWasBuilt() throws Exception {
    assumeTrue(Files.exists(Path.of("target/vitrine.jar")));
    Files.copy(Path.of("target/vitrine.jar"), directory.resolve("vitrine.jar"));

    Run run = run("lifecycle");
    assertThat(run.out()).contains("queued", "pending_delete").contains("begin upload");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    Eventually.until(
        "nobody is at work on an archive",
        () -> !Files.exists(directory.resolve("vitrine.jsa.lock")));
  }

  /** Its classes have the names that the launcher knows, and do nothing but print. */
  private void makeJar(String word) throws IOException {
    Path sources = Files.createDirectories(directory.resolve("src-" + word));
    Path vitrine =
        Files.writeString(
            sources.resolve("Vitrine.java"),
            """
            package dev.vitrine.cli;
            public class Vitrine {
              public static void main(String[] args) {
                System.out.println("%s " + java.util.List.of(args));
                System.exit(3);
              }
            }
            """
                .formatted(word));
    Path rehearsal =
        Files.writeString(
            sources.resolve("Rehearsal.java"),
            """
            package dev.vitrine.cli;
            public class Rehearsal {
              public static void main(String[] args) {
                new Vitrine();
                java.util.List.of(args).toString();
              }
            }
            """);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", sources.toString(), vitrine + "", rehearsal + ""))
        .isZero();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.vitrine.cli.Vitrine");
    Path made = directory.resolve("made.jar");
    try (OutputStream file = Files.newOutputStream(made);
        JarOutputStream jar = new JarOutputStream(file, manifest);
        Stream<Path> classes = Files.walk(sources)) {
      for (Path type : classes.filter(path -> path.toString().endsWith(".class")).toList()) {
        jar.putNextEntry(new JarEntry(sources.relativize(type).toString()));
        jar.write(Files.readAllBytes(type));
      }
    }
    Files.move(made, directory.resolve("vitrine.jar"), StandardCopyOption.REPLACE_EXISTING);
  }

  private void awaitArchive() throws Exception {
    Eventually.until(
        "the archive is made",
        () ->
            Files.exists(directory.resolve("vitrine.jsa.of"))
                && !Files.exists(directory.resolve("vitrine.jsa.lock")));
  }

  private boolean tookTheArchive(String argument) {
    try {
      return run(argument).tookTheArchive();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Run run(String... arguments) throws IOException, InterruptedException {
    return run(Map.of("JAVA_HOME", JAVA_HOME.toString()), arguments);
  }

  private Run run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path classes = directory.resolve("classes.log");
    Files.deleteIfExists(classes);
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> all = new HashMap<>(environment);
    if (environment.get("JAVA_HOME").equals(JAVA_HOME.toString())) {
      all.put("VITRINE_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes);
    }
    builder.environment().putAll(all);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(out),
        Files.readString(err),
        Files.exists(classes) ? Files.readString(classes, StandardCharsets.UTF_8) : "");
  }
}
