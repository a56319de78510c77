package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages name exists. */
class PagesTest {

  private static final Path ROOT = Path.of("..");
  private static final Path INVARIANTS = ROOT.resolve("workflows/docs/invariants.md");
  private static final Path DECISIONS = ROOT.resolve("workflows/docs/decisions.md");
  private static final Path EXAMPLE =
      ROOT.resolve("worker/src/main/resources/dev/vitrine/config/vitrine.example.yaml");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\| (.*) \\|$");
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*)[.\\w]*`");

  /** A name of two words or more, alone or with a member. */
  private static final Pattern TYPE =
      Pattern.compile(
          "(?:`|-D(?:it\\.)?test='?)([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:[.#(][^`]*)?[ `]");

  /** Failures as Temporal has them, and examples. */
  private static final Set<String> NO_CLASSES =
      Set.of("UploadFailed", "TaskFailed", "FooTest", "FooIT");

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#[^)]*)?\\)");
  private static final Pattern PICTURE = Pattern.compile("!\\[([^\\]]*)\\]\\(([^)\\s]*)\\)");
  private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w*)\\.(\\w+)`");
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
  private static final Pattern DECISION = Pattern.compile("(?m)^## (\\d+)\\. ");
  private static final Pattern KEY =
      Pattern.compile(
          "`((?:worker|registry|transfer|web-sources|limits|api|auth|imports|reconciliation|sweep|webhooks)"
              + "\\.[a-z]+(?:-[a-z]+)*)`");

  @Test
  void eachInvariantIsEnforcedByClassesThatExist() throws IOException {
    Set<String> classes = classes();
    Set<String> missing = new TreeSet<>();
    for (MatchResult row : find(ROW, INVARIANTS)) {
      List<String> named =
          CLASS.matcher(row.group(2)).results().map(name -> name.group(1)).toList();
      assertThat(named).as("row %s", row.group(1)).isNotEmpty();
      named.stream()
          .filter(name -> !classes.contains(name))
          .forEach(name -> missing.add(row.group(1) + " " + name));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void rowsAndDecisionsAreNumberedWithoutGap() throws IOException {
    assertNumbered(find(ROW, INVARIANTS));
    assertNumbered(find(DECISION, DECISIONS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "worker/README.md",
        "worker/docs/operations.md",
        "starter/README.md",
        "activities/README.md",
        "workflows/docs/decisions.md",
        ".github/SECURITY.md"
      })
  void eachSettingThatAPageNamesIsOne(String page) throws IOException {
    Set<String> named =
        find(KEY, ROOT.resolve(page)).stream()
            .map(key -> key.group(1))
            .filter(key -> !key.equals("registry.db"))
            .collect(Collectors.toCollection(TreeSet::new));
    named.removeAll(settings());
    assertThat(named).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workflows/docs/architecture.md",
        "workflows/docs/debugging.md",
        "workflows/docs/glossary.md",
        "workflows/README.md",
        "activities/README.md",
        "worker/README.md",
        "worker/docs/operations.md",
        "starter/README.md",
        ".github/CONTRIBUTING.md"
      })
  void eachClassThatAPageNamesExists(String page) throws IOException {
    Set<String> known = classes();
    known.addAll(NO_CLASSES);
    find(ALERT, ROOT.resolve("worker/deploy/prometheus/alerts.yaml"))
        .forEach(alert -> known.add(alert.group(1)));
    Stream.of(ErrorKind.values()).map(ErrorKind::wireName).forEach(known::add);
    Set<String> named =
        find(TYPE, ROOT.resolve(page)).stream()
            .map(name -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    // A workflow is called like its interface, without that it is one.
    named.removeIf(name -> known.contains(name) || known.contains(name + "Workflow"));
    assertThat(named).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void leadsToFilesThatExist(Path page) throws IOException {
    assertThat(find(LINK, page).stream().map(link -> link.group(1)).filter(link -> !link.isEmpty()))
        .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
  }

  @Test
  void eachTestOfWhatBreaksIsOne() throws IOException {
    String page = Files.readString(ROOT.resolve("worker/docs/operations.md"));
    String table = page.substring(page.indexOf("broken: begin"), page.indexOf("broken: end"));
    List<MatchResult> named = METHOD.matcher(table).results().toList();
    assertThat(named).isNotEmpty();
    for (MatchResult name : named) {
      assertThat(Files.readString(source(name.group(1)))).contains(" " + name.group(2) + "(");
    }
  }

  /** A page for whoever can't see a picture says what is on it, and no clone is slow by them. */
  @ParameterizedTest
  @MethodSource("pages")
  void eachPictureIsSmallAndInWordsAsWell(Path page) throws IOException {
    for (MatchResult picture : find(PICTURE, page)) {
      assertThat(picture.group(1)).as("of %s", picture.group(2)).isNotBlank();
      assertThat(Files.size(page.resolveSibling(picture.group(2)))).isLessThan(150_000);
    }
  }

  private static Path source(String name) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.getFileName().toString().equals(name + ".java"))
          .findFirst()
          .orElseThrow();
    }
  }

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 3)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static void assertNumbered(List<MatchResult> found) {
    assertThat(found.stream().map(number -> Integer.valueOf(number.group(1))))
        .isNotEmpty()
        .containsExactlyElementsOf(IntStream.rangeClosed(1, found.size()).boxed().toList());
  }

  private static List<MatchResult> find(Pattern pattern, Path page) throws IOException {
    return pattern.matcher(Files.readString(page)).results().toList();
  }

  private static Set<String> classes() throws IOException {
    Set<String> names = new HashSet<>();
    for (String module : List.of("workflows", "activities", "worker", "starter")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> names.add(name.replace(".java", "")));
      }
    }
    return names;
  }

  /** Of the example, where those without a default are comments. */
  private static Set<String> settings() throws IOException {
    Pattern section = Pattern.compile("([a-z-]+):.*");
    Pattern key = Pattern.compile("  (?:# ?)?([a-z-]+):.*");
    Set<String> keys = new HashSet<>();
    String under = "";
    for (String line : Files.readAllLines(EXAMPLE)) {
      var begins = section.matcher(line);
      var named = key.matcher(line);
      if (begins.matches()) {
        under = begins.group(1);
      } else if (named.matches()) {
        keys.add(under + "." + named.group(1));
      }
    }
    return keys;
  }
}
