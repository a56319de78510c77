package dev.vitrine.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What packages must not know, as they say it themselves. */
class WallTest {

  private static final String EXAMPLE = "dev.vitrine.architecture.violation.wall";

  private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(EXAMPLE);

  private static final Pattern SAYS_SO =
      Pattern.compile("\\b(must not|must never|knows no|knows nothing|knows neither)\\b");

  @ParameterizedTest
  @MethodSource("walls")
  void theCodeKeepsIt(Wall wall) {
    wall.rules().forEach(rule -> rule.check(ArchitectureTest.CODE));
  }

  static List<Wall> walls() {
    return Wall.ALL;
  }

  /** One that is misspelt, or whose packages have moved away, would keep nobody out. */
  @ParameterizedTest
  @MethodSource("unknown")
  void isNoticedWhereItIsNotKept(String what) {
    assertThat(Wall.rule(EXAMPLE, what).evaluate(VIOLATIONS).hasViolation()).as(what).isTrue();
  }

  static Stream<String> unknown() {
    return Wall.ALL.stream().flatMap(wall -> wall.unknown().stream()).distinct();
  }

  /** Whoever makes a package says what it must not know, and a rule keeps it. */
  @Test
  void everyPackageHasOne() {
    PackageMap map = PackageMap.of(Path.of("..").toAbsolutePath(), ArchitectureTest.CODE);
    NavigableSet<String> walled = new TreeSet<>(Wall.ALL.stream().map(Wall::name).toList());

    assertThat(map.knows().keySet())
        .allSatisfy(name -> assertThat(map.packageInfo(name)).as(name).containsPattern(SAYS_SO));
    assertThat(walled).containsExactlyElementsOf(map.knows().keySet());
  }
}
