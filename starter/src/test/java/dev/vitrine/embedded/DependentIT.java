package dev.vitrine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vitrine.client.VitrineClient;
import dev.vitrine.process.Processes;
import dev.vitrine.worker.VitrineWorker;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project of somebody else's ({@code src/test/dependent}) that depends on {@code
 * vitrine-starter}, in a Maven of its own: without network, on a local repository that is this
 * build's, with the artifacts of this build installed in it.
 */
class DependentIT {

  private static final String VERSION = "0.3.0-SNAPSHOT";
  private static final Path EXPECTED = Path.of("src/test/dependent/dependencies.txt");

  /** {@code group:artifact:jar:version:scope} at the end of a line of the tree. */
  private static final Pattern NODE =
      Pattern.compile("([\\w.-]+):([\\w.-]+):jar:([\\w.-]+):(compile|runtime)");

  @TempDir static Path directory;

  private static Path project;
  private static Path repository;

  @BeforeAll
  static void install() throws IOException, URISyntaxException {
    assumeThat(mavenIsThere()).as("the program mvn is on the PATH").isTrue();
    repository = directory.resolve("repository");
    shareRepository();
    installPom("vitrine", Path.of("../pom.xml"));
    installPom("vitrine-workflows", Path.of("../workflows/pom.xml"));
    installPom("vitrine-starter", Path.of("pom.xml"));
    installJar("vitrine-workflows", Processes.class);
    installJar("vitrine-starter", VitrineClient.class);
    project = copy(Path.of("src/test/dependent"), directory.resolve("project"));
  }

  private static boolean mavenIsThere() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "mvn")));
  }

  /** All that the build has fetched, by links; nothing that is installed here reaches it. */
  private static void shareRepository() throws IOException {
    Path shared =
        Path.of(
            System.getProperty(
                "localRepository", System.getProperty("user.home") + "/.m2/repository"));
    Files.createDirectories(repository.resolve("dev"));
    link(shared, repository, "dev");
    link(shared.resolve("dev"), repository.resolve("dev"), "vitrine");
  }

  private static void link(Path from, Path to, String without) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.filter(Files::isDirectory).toList()) {
        if (!entry.getFileName().toString().equals(without)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
        }
      }
    }
  }

  private static Path installed(String artifact, String type) throws IOException {
    Path home = repository.resolve("dev/vitrine").resolve(artifact).resolve(VERSION);
    Files.createDirectories(home);
    return home.resolve("%s-%s.%s".formatted(artifact, VERSION, type));
  }

  private static void installPom(String artifact, Path pom) throws IOException {
    Files.copy(pom, installed(artifact, "pom"));
  }

  /** Its jar, or one of its classes where they are not packaged. */
  private static void installJar(String artifact, Class<?> one)
      throws IOException, URISyntaxException {
    Path home = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = installed(artifact, "jar");
    if (Files.isRegularFile(home)) {
      Files.copy(home, jar);
      return;
    }
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> classes = Files.walk(home)) {
      for (Path file : classes.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(home.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
    return to;
  }

  @Test
  void getsWhatIsTestedHere() throws IOException, InterruptedException {
    Path tree = directory.resolve("tree.txt");
    maven("dependency:tree", "-DoutputFile=" + tree);
    Map<String, String> got = new TreeMap<>();
    Files.readAllLines(tree).stream()
        .map(NODE::matcher)
        .filter(Matcher::find)
        .forEach(node -> got.put(node.group(2), node.group(3)));

    assertThat(String.join("\n", got.keySet())).isEqualTo(Files.readString(EXPECTED).strip());
    List<String> ours = jarsOfThisTest();
    got.entrySet().stream()
        .filter(one -> !one.getKey().startsWith("vitrine-"))
        .forEach(
            one -> assertThat(ours).contains("%s-%s.jar".formatted(one.getKey(), one.getValue())));
  }

  /** Whatever the class path is told by: each jar has a manifest. */
  private static List<String> jarsOfThisTest() {
    return DependentIT.class
        .getClassLoader()
        .resources("META-INF/MANIFEST.MF")
        .map(url -> url.getPath().replaceFirst("!.*", "").replaceFirst(".*/", ""))
        .toList();
  }

  @Test
  void runsTheReadmesExample() throws IOException, InterruptedException {
    Path classpath = directory.resolve("classpath.txt");
    maven("compile", "dependency:build-classpath", "-Dmdep.outputFile=" + classpath);

    Path data = Files.createDirectory(directory.resolve("data")).toRealPath();
    Files.createDirectories(StackSettings.exports(data));
    SourceKeyFile.keep(StackSettings.sourceKey(data));
    Path file = Files.writeString(data.resolve("disk.raw"), "data");
    try (EmbeddedTemporal temporal = new InMemoryTemporal(0);
        VitrineWorker worker =
            VitrineWorker.start(
                temporal.client(),
                StackSettings.in(data, List.of(data), Duration.ofMinutes(1)),
                Clock.systemUTC())) {
      String said =
          run(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  project.resolve("target/classes")
                      + File.pathSeparator
                      + Files.readString(classpath).strip(),
                  "example.Main",
                  file.toUri().toString()),
              Map.of(
                  "TEMPORAL_ADDRESS",
                  temporal.address(),
                  "VITRINE_INSTALLATION",
                  worker.installation().value()));
      assertThat(said).contains("ACTIVATED 4");
    }
  }

  private static void maven(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("mvn", "-o", "-q", "-B", "-Dmaven.repo.local=" + repository));
    command.addAll(List.of(arguments));
    run(command, Map.of());
  }

  private static String run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertThat(ended).as("it ended; it said: %s", said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
