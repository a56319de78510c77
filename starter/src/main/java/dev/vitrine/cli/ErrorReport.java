package dev.vitrine.cli;

import dev.vitrine.error.VitrineException;
import dev.vitrine.text.Printable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** How every error is printed, and the exit code it makes. */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {

  /** How picocli's message begins; it has no class of its own. */
  private static final String NO_COMMAND = "Missing required subcommand";

  private final Vitrine vitrine;

  ErrorReport(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    PrintWriter err = vitrine.shell().err();
    String kind = error instanceof VitrineException own ? own.kind().wireName() : "Unexpected";
    String message =
        error instanceof VitrineException
            ? String.valueOf(error.getMessage())
            : error + "; repeat with --verbose for the stack trace";
    print(err, vitrine.json(), kind, message);
    if (vitrine.verbose()) {
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      err.print(Printable.escapeLines(trace.toString()));
      err.flush();
    }
    return ExitCode.of(error).code();
  }

  /** Nothing has been parsed to rely on, so it is the raw arguments that ask for JSON. */
  @Override
  public int handleParseException(ParameterException error, String[] args) {
    PrintWriter err = vitrine.shell().err();
    boolean json = Arrays.asList(args).contains("--json");
    print(err, json, "Invalid", String.valueOf(error.getMessage()));
    if (!json && error.getMessage() != null && error.getMessage().startsWith(NO_COMMAND)) {
      error.getCommandLine().usage(err);
    } else if (!json) {
      String name = error.getCommandLine().getCommandSpec().qualifiedName();
      err.println("Try '%s --help'.".formatted(name));
      err.flush();
    }
    return ExitCode.INVALID.code();
  }

  static void print(PrintWriter err, boolean json, String kind, String message) {
    if (json) {
      Map<String, String> error = new LinkedHashMap<>();
      error.put("kind", kind);
      error.put("message", message);
      err.println(Output.toJson(Map.of("error", error)));
    } else {
      err.println("vitrine: " + Printable.escape(message));
    }
    err.flush();
  }
}
