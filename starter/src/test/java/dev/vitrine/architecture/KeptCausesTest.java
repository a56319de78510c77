package dev.vitrine.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What files, networks, databases and servers fail with is handed on as a cause or given to the log
 * by whoever throws another error or logs a line for it: not its message alone.
 */
class KeptCausesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern CATCH =
      Pattern.compile(
          "catch \\([^)]*\\b(?:IOException|SQLException|SdkException|AwsServiceException"
              + "|FlywayException|StatusRuntimeException|JsonProcessingException"
              + "|RuntimeException|Exception)\\b[^)]*? (\\w+)\\) \\{");

  private static final Pattern TELLS = Pattern.compile("\\bthrow\\b|\\blog\\.");
  private static final String COMMENTS_AND_TEXTS =
      "/\\*[\\s\\S]*?\\*/|\"\"\"[\\s\\S]*?\"\"\"|//[^\\n]*"
          + "|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)'";

  @ParameterizedTest
  @ValueSource(strings = {"activities", "worker"})
  void noneIsSwallowed(String module) throws IOException {
    List<String> swallowed = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        for (String line : swallowed(Files.readString(file))) {
          swallowed.add(file.getFileName() + ": " + line);
        }
      }
    }
    assertThat(swallowed).isEmpty();
  }

  @Test
  void noticesOneThatIs() {
    String kept = "catch (IOException e) { throw new A(e); } catch (IOException e) { return 0; }";
    String lost =
        "catch (A | IOException e) { if (b) { throw new A(\"of e\" + e.getMessage()); } }";

    assertThat(swallowed(kept)).isEmpty();
    assertThat(swallowed(kept + lost)).containsExactly("catch (A | IOException e) {");
  }

  private static List<String> swallowed(String source) {
    String code = source.replaceAll(COMMENTS_AND_TEXTS, "\"\"");
    List<String> swallowed = new ArrayList<>();
    Matcher head = CATCH.matcher(code);
    while (head.find()) {
      String body = code.substring(head.end(), end(code, head.end()));
      boolean whole = Pattern.compile("\\b" + head.group(1) + "\\b(?!\\.)").matcher(body).find();
      if (TELLS.matcher(body).find() && !whole) {
        swallowed.add(head.group());
      }
    }
    return swallowed;
  }

  /** Where the block ends whose first character is there. */
  private static int end(String code, int begin) {
    int depth = 1;
    int at = begin;
    for (; depth > 0; at++) {
      depth += code.charAt(at) == '{' ? 1 : code.charAt(at) == '}' ? -1 : 0;
    }
    return at;
  }
}
