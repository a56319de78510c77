package dev.vitrine.terminal;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that shows what is written to standard error, if one does. The JDK can neither tell
 * that of errors alone nor how wide it is; POSIX's {@code test} and {@code stty} can, of the very
 * terminal, and each time anew, because people resize it.
 */
public interface Screen {

  /** Standard error is a file or a pipe, or the terminal can't go back in a line. */
  Screen NONE = () -> 0;

  /** How many columns it has now; 0 if there is none. */
  int columns();

  /** The process's own. */
  static Screen ofProcess(Map<String, String> environment) {
    // A dumb terminal has no way back to the beginning of a line.
    return environment.getOrDefault("TERM", "dumb").equals("dumb")
        ? NONE
        : new OfErrors(environment.getOrDefault("COLUMNS", ""));
  }

  /**
   * Asked of the operating system.
   *
   * @param said what the environment says, for a terminal that says nothing itself
   */
  record OfErrors(String said) implements Screen {

    private static final int USUAL = 80;
    private static final int PATIENCE_SECONDS = 2;
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,4})\\s*");

    @Override
    public int columns() {
      try {
        Process asked =
            new ProcessBuilder(
                    "/bin/sh", "-c", "test -t 2 || exit 1; stty size <&2 2>/dev/null || echo 0 0")
                .redirectError(Redirect.INHERIT)
                .start();
        try {
          asked.getOutputStream().close();
          if (!asked.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || asked.exitValue() != 0) {
            return 0;
          }
          return width(
              new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } finally {
          asked.destroy();
        }
      } catch (IOException noShell) {
        return 0;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 0;
      }
    }

    int width(String answer) {
      Matcher size = SIZE.matcher(answer);
      int columns = size.matches() ? Integer.parseInt(size.group(1)) : 0;
      if (columns > 0) {
        return columns;
      }
      return said.matches("[1-9]\\d{0,3}") ? Integer.parseInt(said) : USUAL;
    }
  }
}
