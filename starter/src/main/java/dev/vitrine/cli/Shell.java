package dev.vitrine.cli;

import dev.vitrine.client.VitrineClient;
import dev.vitrine.terminal.Screen;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What surrounds a run of the command line.
 *
 * @param out results: text, or exactly one JSON document
 * @param err progress and errors
 * @param in standard input, as it is
 * @param data standard output, as it is: for an image's data
 * @param terminal whether {@code in} and {@code out} are a person's
 * @param screen what a person watches {@code err} on: progress is redrawn on one line of it
 * @param user who runs it, as the requester's default
 * @param environment the variables that are set
 * @param poll how often progress is asked for
 * @param connect opens the connection; called by the commands that need one
 */
public record Shell(
    PrintWriter out,
    PrintWriter err,
    InputStream in,
    OutputStream data,
    boolean terminal,
    Screen screen,
    String user,
    Map<String, String> environment,
    Duration poll,
    Supplier<VitrineClient> connect) {

  /** The process's own surroundings. */
  static Shell ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Shell(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        isTerminal(),
        Screen.ofProcess(environment),
        environment.getOrDefault("USER", System.getProperty("user.name", "unknown")),
        environment,
        Duration.ofMillis(500),
        VitrineClient::fromEnvironment);
  }

  /** UTF-8 whatever the locale says: JSON is, and most terminals are. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }

  /** Whether input and output are both a terminal. */
  @SuppressWarnings("SystemConsoleNull") // Where it is never null, the console says it itself.
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException beforeJdk22) {
      return true;
    }
  }
}
