package dev.vitrine.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packages that the code has: which module each lies in, what its package-info says that it
 * owns, how many files it has, and which of the others its classes know.
 *
 * @param root the checked-out tree
 * @param knows by package, all without {@code dev.vitrine.}
 */
record PackageMap(Path root, NavigableMap<String, NavigableSet<String>> knows) {

  static final String OURS = "dev.vitrine.";

  /** Of the code that was compiled. */
  static PackageMap of(Path root, JavaClasses code) {
    NavigableMap<String, NavigableSet<String>> knows = new TreeMap<>();
    for (JavaClass type : code) {
      NavigableSet<String> known = knows.computeIfAbsent(shortName(type), none -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(used -> used.getTargetClass().getBaseComponentType())
          .filter(used -> used.getPackageName().startsWith(OURS))
          .map(PackageMap::shortName)
          .forEach(known::add);
    }
    knows.forEach((own, known) -> known.remove(own));
    return new PackageMap(root, knows);
  }

  private static String shortName(JavaClass type) {
    return type.getPackageName().substring(OURS.length());
  }

  /** A line for each package, in the order of the modules. */
  List<String> lines() {
    List<String> lines =
        new ArrayList<>(List.of("| module | package | owns | knows |", "|---|---|---|---|"));
    for (String module : ArchitectureRules.MODULES) {
      for (Map.Entry<String, NavigableSet<String>> entry : knows.entrySet()) {
        String name = entry.getKey();
        if (Files.isDirectory(directory(module, name))) {
          lines.add(
              "| %s | `%s` | %s | %s |"
                  .formatted(
                      module,
                      name,
                      owns(name),
                      entry.getValue().stream()
                          .map(known -> "`" + known + "`")
                          .collect(Collectors.joining(", "))));
        }
      }
    }
    return lines;
  }

  /** The first sentence of what its package-info says. */
  String owns(String name) {
    String text = packageInfo(name);
    int end = text.indexOf(". ");
    return (end < 0 ? text : text.substring(0, end)).replaceFirst("\\.$", "");
  }

  /** What its package-info says, in one line. */
  String packageInfo(String name) {
    try {
      String source = Files.readString(home(name).resolve("package-info.java"));
      int begin = source.indexOf("/**");
      String comment = source.substring(begin + 3, source.indexOf("*/", begin));
      return comment
          .replaceAll("(?m)^\\s*\\*", " ")
          .replaceAll("\\{@(?:link|code)\\s+([^}]*)}", "`$1`")
          .replaceAll("\\s+", " ")
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many source files a package has, its package-info among them. */
  int files(String name) {
    try (Stream<Path> files = Files.list(home(name))) {
      return (int) files.filter(file -> file.toString().endsWith(".java")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path home(String name) {
    return ArchitectureRules.MODULES.stream()
        .map(module -> directory(module, name))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no module has package " + name));
  }

  private Path directory(String module, String name) {
    return root.resolve(module)
        .resolve("src/main/java/dev/vitrine")
        .resolve(name.replace('.', '/'));
  }

  /** Packages that know each other, by however many steps; each circle once. */
  List<List<String>> circles() {
    List<List<String>> circles = new ArrayList<>();
    for (String start : knows.keySet()) {
      List<String> circle = wayBack(start);
      if (!circle.isEmpty() && circles.stream().noneMatch(known -> known.contains(start))) {
        circles.add(circle);
      }
    }
    return circles;
  }

  /** The shortest way from a package to itself; empty if there is none. */
  private List<String> wayBack(String start) {
    Map<String, String> before = new TreeMap<>();
    List<String> reached = new ArrayList<>(List.of(start));
    for (int at = 0; at < reached.size(); at++) {
      String from = reached.get(at);
      for (String to : knows.getOrDefault(from, new TreeSet<>())) {
        if (to.equals(start)) {
          List<String> way = new ArrayList<>(List.of(start));
          for (String step = from; !step.equals(start); step = before.get(step)) {
            way.add(1, step);
          }
          way.add(start);
          return way;
        }
        if (before.putIfAbsent(to, from) == null) {
          reached.add(to);
        }
      }
    }
    return List.of();
  }
}
