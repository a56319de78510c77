package dev.vitrine.cli;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On whose behalf a command acts. */
final class RequesterOptions {

  @Option(names = "--user", paramLabel = "NAME", description = "Who asks; default: $$USER.")
  private @Nullable String user;

  @Option(
      names = "--owner",
      paramLabel = "PROJECT",
      description = "The project for which it asks; it owns what is made. Default: default.")
  private @Nullable String owner;

  @Option(names = "--admin", description = "Ask as an admin.")
  private boolean admin;

  Requester requester(Shell shell) {
    String name = user == null ? shell.user() : user;
    return admin ? Requester.admin(name, owner()) : Requester.member(name, owner());
  }

  /** What another command takes to ask as the same; begins with a space unless empty. */
  String repeated() {
    return (user == null ? "" : " --user '" + user + "'")
        + (owner == null ? "" : " --owner '" + owner + "'")
        + (admin ? " --admin" : "");
  }

  String owner() {
    return owner == null ? "default" : owner;
  }

  /** The project that was given; null if none was. */
  @Nullable String givenOwner() {
    return owner;
  }

  /**
   * An API learns who asks by authentication, and nobody can claim to be someone else.
   *
   * @throws Invalid if that was tried
   */
  void requireNoClaim() {
    if (user != null || admin) {
      throw new Invalid(
          "%s: the API knows who asks by authentication; leave it out, and set the OS_ variables"
              .formatted(user == null ? "--admin" : "--user"));
    }
  }
}
