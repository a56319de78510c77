package dev.vitrine.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The map of packages that the code has. */
class PackageMapTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** More than that nobody keeps in mind; a package that gets there has a seam somewhere. */
  private static final int MOST_FILES = 45;

  private static final PackageMap MAP = PackageMap.of(ROOT, ArchitectureTest.CODE);

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
