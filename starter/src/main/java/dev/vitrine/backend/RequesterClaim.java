package dev.vitrine.backend;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a command says that it acts.
 *
 * @param user null if none was given
 * @param owner the project for which it asks; null if none was given
 * @param processUser who runs the command, where no user was given
 */
public record RequesterClaim(
    @Nullable String user, @Nullable String owner, boolean admin, String processUser) {

  /** The project for which it asks. */
  public String project() {
    return owner == null ? "default" : owner;
  }

  Requester requester() {
    String name = user == null ? processUser : user;
    return admin ? Requester.admin(name, project()) : Requester.member(name, project());
  }

  /** What another command takes to ask as the same; begins with a space unless empty. */
  String repeated() {
    return (user == null ? "" : " --user '" + user + "'")
        + (owner == null ? "" : " --owner '" + owner + "'")
        + (admin ? " --admin" : "");
  }

  /**
   * An API learns who asks by authentication, and nobody can claim to be someone else.
   *
   * @throws Invalid if that was tried
   */
  void requireNone() {
    if (user != null || admin) {
      throw new Invalid(
          "%s: the API knows who asks by authentication; leave it out, and set the OS_ variables"
              .formatted(user == null ? "--admin" : "--user"));
    }
  }
}
