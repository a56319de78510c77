package dev.vitrine.cli;

import dev.vitrine.client.VitrineClient;
import dev.vitrine.embedded.DemoCommand;
import dev.vitrine.embedded.DevCommand;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
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
      "TEMPORAL_NAMESPACE, TEMPORAL_PROFILE and the other TEMPORAL_ variables."
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
    CommandLine root =
        new CommandLine(vitrine)
            .addSubcommand(new UploadCommand(vitrine))
            .addSubcommand(
                new CommandLine(new TaskCommands())
                    .addSubcommand(
                        new CommandLine(new TaskCommands.Run())
                            .addSubcommand(new TaskRunCommands.Import(vitrine))
                            .addSubcommand(new TaskRunCommands.Export(vitrine))
                            .addSubcommand(new TaskRunCommands.Clone(vitrine)))
                    .addSubcommand(new TaskCommands.Show(vitrine))
                    .addSubcommand(new TaskCommands.Watch(vitrine))
                    .addSubcommand(new TaskCommands.Cancel(vitrine)))
            .addSubcommand(
                new CommandLine(new ImageCommands())
                    .addSubcommand(new ImageCommands.Register(vitrine))
                    .addSubcommand(new ImageCommands.AddLocation(vitrine))
                    .addSubcommand(new ImageCommands.Deactivate(vitrine))
                    .addSubcommand(new ImageCommands.Reactivate(vitrine))
                    .addSubcommand(new UploadCommands.Watch(vitrine))
                    .addSubcommand(new UploadCommands.Cancel(vitrine))
                    .addSubcommand(new DeleteCommand(vitrine)))
            .addSubcommand(new LifecycleCommand(vitrine))
            .addSubcommand(new DemoCommand())
            .addSubcommand(new DevCommand());
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

  /** Opens a connection for one call; the caller's errors are those of {@link VitrineClient}. */
  ExitCode withClient(Function<VitrineClient, ExitCode> call) {
    try (VitrineClient client = shell.connect().get()) {
      return call.apply(client);
    }
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
   * A display of how far something is.
   *
   * @param what the process, as it is named to people
   */
  ProgressDisplay progressOf(String what) {
    return new ProgressDisplay(shell.err(), shell.terminal(), json, what);
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
