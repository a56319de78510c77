package dev.vitrine.cli;

import dev.vitrine.image.Requester;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On whose behalf a command acts. */
final class RequesterOptions {

  @Option(names = "--user", paramLabel = "NAME", description = "Who asks; default: $$USER.")
  private @Nullable String user;

  @Option(
      names = "--owner",
      paramLabel = "PROJECT",
      defaultValue = "default",
      description =
          "The project for which it asks; it owns what is made. Default: ${DEFAULT-VALUE}.")
  private String owner = "default";

  @Option(names = "--admin", description = "Ask as an admin.")
  private boolean admin;

  Requester requester(Shell shell) {
    String name = user == null ? shell.user() : user;
    return admin ? Requester.admin(name, owner) : Requester.member(name, owner);
  }

  /** What another command takes to ask as the same; begins with a space unless empty. */
  String repeated() {
    return (user == null ? "" : " --user '" + user + "'")
        + (owner.equals("default") ? "" : " --owner '" + owner + "'")
        + (admin ? " --admin" : "");
  }

  String owner() {
    return owner;
  }
}
