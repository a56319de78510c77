package dev.vitrine.cli;

import dev.vitrine.backend.Reply;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine webhook}. */
@Command(
    name = "webhook",
    description = "See how far webhooks were told what changes, and send again what they missed.",
    synopsisSubcommandLabel = "COMMAND")
final class WebhookCommands {

  /** {@code vitrine webhook list}. */
  @Command(name = "list", description = "List webhooks, and since when they take nothing.")
  static final class Listing implements Callable<Integer> {

    private final Vitrine vitrine;

    Listing(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      return vitrine.withApi(
          api -> {
            List<Map<String, @Nullable Object>> all = api.webhooks().list();
            Table table =
                new Table(
                    List.of("Name", "Told", "Dead letters", "Failing since", "Error"),
                    4,
                    Set.of(1, 2));
            for (Map<String, @Nullable Object> one : all) {
              table.row(
                  one.get("name"),
                  one.get("told"),
                  one.get("dead_letters"),
                  one.get("failing_since"),
                  one.get("error"));
            }
            vitrine.printList("webhooks", all, table);
            return ExitCode.OK;
          });
    }
  }

  /** {@code vitrine webhook dead-letters}. */
  @Command(name = "dead-letters", description = "List the events that a webhook did not take.")
  static final class DeadLetters implements Callable<Integer> {

    private final Vitrine vitrine;

    @Parameters(paramLabel = "NAME", description = "The webhook's name in the settings.")
    private String name = "";

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "100",
        description = "At most so many; default: ${DEFAULT-VALUE}.")
    private int limit;

    DeadLetters(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      if (limit < 1) {
        throw new Invalid("--limit %d: give a number, 1 or more".formatted(limit));
      }
      return vitrine.withApi(
          api -> {
            List<Map<String, @Nullable Object>> letters =
                api.webhooks().deadLetters(name, Math.min(limit, 200)).limit(limit).toList();
            Table table = new Table(List.of("Event", "Buried at", "Error"), 2, Set.of(0));
            for (Map<String, @Nullable Object> letter : letters) {
              table.row(letter.get("event"), letter.get("buried_at"), letter.get("error"));
            }
            vitrine.printList("dead_letters", letters, table);
            return ExitCode.OK;
          });
    }
  }

  /** {@code vitrine webhook resend}. */
  @Command(
      name = "resend",
      description = {
        "Have events sent again that a webhook did not take.",
        "What it does not take again stays among the dead letters."
      })
  static final class Resend implements Callable<Integer> {

    private final Vitrine vitrine;

    @Parameters(index = "0", paramLabel = "NAME", description = "The webhook's name.")
    private String name = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "EVENT", description = "Which events.")
    private List<Long> events = new ArrayList<>();

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    Resend(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      if (all != events.isEmpty()) {
        throw new Invalid("give the numbers of events, or --all");
      }
      return vitrine.withApi(
          api -> {
            int sending = all ? api.webhooks().resend(name, null) : 0;
            for (Long event : events) {
              sending += api.webhooks().resend(name, event);
            }
            vitrine.output().print(Reply.of("webhook", name, "sending", sending));
            return ExitCode.OK;
          });
    }
  }
}
