package dev.vitrine.cli;

import dev.vitrine.backend.ApiBackend;
import dev.vitrine.backend.Backend;
import dev.vitrine.backend.RequesterClaim;
import dev.vitrine.backend.TemporalBackend;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.remote.CloudEnvironment;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteSettings;
import dev.vitrine.terminal.ProgressDisplay;
import dev.vitrine.terminal.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line's root, and the program's main class. */
@Command(
    name = "vitrine",
    description = "An image service whose uploads and tasks are durable Temporal workflows.",
    footer = {
      "",
      "Connects to Temporal by its environment configuration: TEMPORAL_ADDRESS,",
      "TEMPORAL_NAMESPACE, TEMPORAL_PROFILE and the other TEMPORAL_ variables.",
      "VITRINE_INSTALLATION says which installation is meant where a namespace has several.",
      "With --api or VITRINE_API, asks that image API over HTTP; who asks, and else where it is,",
      "the variables of the OpenStack clients say: OS_AUTH_URL, OS_USERNAME, OS_TOKEN and so on."
    },
    versionProvider = Vitrine.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Vitrine {

  private static final Set<String> TALKERS = Set.of("demo", "dev");

  private final Shell shell;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print exactly one JSON document; errors are JSON on standard error.")
  private boolean json;

  @Option(
      names = "--api",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "Ask the image API at this URL (default: $$VITRINE_API), and not Temporal.")
  private @Nullable String api;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log more, and print the stack trace of an error.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // Its presence is what counts.
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  @SuppressWarnings("UnusedVariable") // Its presence is what counts.
  private boolean version;

  private Vitrine(Shell shell) {
    this.shell = shell;
  }

  /** Runs the program. */
  public static void main(String[] args) {
    Logging.configure(Arrays.asList(args).contains("--verbose"));
    System.exit(run(Shell.ofProcess(), args));
  }

  /**
   * Runs one command line.
   *
   * @return the code of an {@link ExitCode}
   */
  public static int run(Shell shell, String... args) {
    return commandLine(shell).execute(args);
  }

  /** All commands; a program of more parts adds its own as further subcommands. */
  public static CommandLine commandLine(Shell shell) {
    Vitrine vitrine = new Vitrine(shell);
    CommandLine root = CommandTree.of(vitrine);
    ErrorReport errors = new ErrorReport(vitrine);
    Arguments.register(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(shell.out())
        .setErr(shell.err())
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors)
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(vitrine::refuseJsonOfTalkers);
    listExitCodes(root);
    return root;
  }

  /** What talks while it runs has no one document to print at the end. */
  private int refuseJsonOfTalkers(ParseResult parsed) {
    CommandLine last = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
    if (json && TALKERS.contains(last.getCommandName())) {
      throw new ParameterException(
          last,
          "'%s' prints text while it runs; leave out --json"
              .formatted(last.getCommandSpec().qualifiedName()));
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /**
   * Makes a call on what the options and variables say: an image API if one is named by {@code
   * --api} or {@code VITRINE_API}; else Temporal if its variables name one; else the image API of
   * the cloud that the {@code OS_} variables name; else Temporal by its defaults.
   */
  ExitCode withBackend(RequesterOptions by, Function<Backend, ExitCode> call) {
    Optional<RemoteSettings> settings =
        api != null || cloud().namesVitrine() || !namesTemporal()
            ? cloud().settings(api)
            : Optional.empty();
    RequesterClaim claim = by.claim(shell);
    try (Backend backend =
        settings
            .<Backend>map(found -> new ApiBackend(claim, new ImageApi(found), repeatedApi()))
            .orElseGet(() -> new TemporalBackend(claim, shell.connect()))) {
      return call.apply(backend);
    }
  }

  /**
   * Makes a call that only an image API can answer.
   *
   * @throws Invalid if nothing says where there is one
   */
  int withApi(Function<ImageApi, ExitCode> call) {
    RemoteSettings settings =
        cloud()
            .settings(api)
            .orElseThrow(
                () ->
                    new Invalid(
                        "this needs an image API: give --api URL, or set VITRINE_API, or"
                            + " OS_AUTH_URL and the other OS_ variables of your cloud"));
    return call.apply(new ImageApi(settings)).code();
  }

  /** What another command takes to ask the same server; begins with a space unless empty. */
  String repeatedApi() {
    return api == null ? "" : " --api " + api;
  }

  private CloudEnvironment cloud() {
    return new CloudEnvironment(shell.environment());
  }

  private boolean namesTemporal() {
    return shell.environment().containsKey("TEMPORAL_ADDRESS")
        || shell.environment().containsKey("TEMPORAL_PROFILE");
  }

  Shell shell() {
    return shell;
  }

  boolean json() {
    return json;
  }

  boolean verbose() {
    return verbose;
  }

  /** A printer for results. */
  Output output() {
    return new Output(shell.out(), json);
  }

  /**
   * Prints a list.
   *
   * @param key its name in JSON, and as people are told that it is empty
   */
  void printList(String key, List<?> documents, Table table) {
    output().print(Map.of(key, documents), table, width());
    if (!json && table.isEmpty()) {
      shell.err().println("no " + key);
      shell.err().flush();
    }
  }

  /** A file or a pipe has no width: nothing is cut there. */
  int width() {
    return shell.terminal()
        ? new CommandLine(new LifecycleCommand(this))
            .setUsageHelpAutoWidth(true)
            .getUsageHelpWidth()
        : Integer.MAX_VALUE;
  }

  /**
   * A display of how far something is.
   *
   * @param what the process, as it is named to people
   */
  ProgressDisplay progressOf(String what) {
    boolean escapes = shell.environment().getOrDefault("NO_COLOR", "").isEmpty();
    return new ProgressDisplay(shell.err(), shell.screen(), escapes, json, what);
  }

  /** Reports work that was done and failed, after its result was printed. */
  ExitCode failed(String kind, String message) {
    ErrorReport.print(shell.err(), json, kind, message);
    return ExitCode.WORK_FAILED;
  }

  private static void listExitCodes(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.list());
    command.getSubcommands().values().forEach(Vitrine::listExitCodes);
  }

  /** The version of the jar it runs from. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Vitrine.class.getPackage().getImplementationVersion();
      return new String[] {"vitrine " + (version == null ? "(development build)" : version)};
    }
  }
}
