package dev.vitrine.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The map of packages, on the page and in the code. */
class PackageMapTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String PAGE = "workflows/docs/architecture.md";
  private static final String BEGIN = "<!-- packages: begin -->";
  private static final String END = "<!-- packages: end -->";

  /** For whoever has moved something: the test writes the map instead of comparing it. */
  private static final String WRITE = "vitrine.write-package-map";

  /** More than that nobody keeps in mind; a package that gets there has a seam somewhere. */
  private static final int MOST_FILES = 45;

  private static final PackageMap MAP = PackageMap.of(ROOT, ArchitectureTest.CODE);

  @Test
  void thePageShowsTheCode() throws IOException {
    String page = Files.readString(ROOT.resolve(PAGE));
    String right = BEGIN + "\n" + String.join("\n", MAP.lines()) + "\n" + END;

    assertThat(page.indexOf(BEGIN))
        .as("%s has the line %s and, after it, %s", PAGE, BEGIN, END)
        .isBetween(0, page.indexOf(END));
    String shown = page.substring(page.indexOf(BEGIN), page.indexOf(END) + END.length());
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(ROOT.resolve(PAGE), page.replace(shown, right));
      return;
    }
    assertThat(shown)
        .as(
            "the map of packages in %s; run this test with -D%s=true, or put this there:%n%n%s%n",
            PAGE, WRITE, right)
        .isEqualTo(right);
  }

  @Test
  void noPackagesKnowEachOther() {
    assertThat(MAP.circles()).isEmpty();
  }

  @Test
  void noticesCircles() {
    var knows = new TreeMap<>(MAP.knows());
    knows.put("lifecycle", new TreeSet<>(List.of("text", "image")));

    assertThat(new PackageMap(ROOT, knows).circles())
        .anySatisfy(circle -> assertThat(circle).containsExactly("image", "lifecycle", "image"));
  }

  @Test
  void noPackageIsTooLargeToKeepInMind() {
    assertThat(MAP.knows().keySet())
        .allSatisfy(name -> assertThat(MAP.files(name)).as(name).isLessThanOrEqualTo(MOST_FILES));
  }

  @Test
  void knowsWhatIsNamedInSignaturesAndBodies() {
    PackageMap examples =
        PackageMap.of(
            ROOT, new ClassFileImporter().importPackages("dev.vitrine.architecture.violation"));

    assertThat(examples.knows().get("architecture.violation.client")).contains("cli");
  }
}
