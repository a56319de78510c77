package dev.vitrine.access;

import dev.vitrine.text.Printable;
import org.jspecify.annotations.Nullable;

/**
 * Who deactivated an image.
 *
 * @param user null where it is not known, because it was done before that was kept
 * @param project theirs; null likewise
 */
public record Deactivation(@Nullable String user, @Nullable String project) {

  /** Somebody's. */
  public static Deactivation by(Requester who) {
    return new Deactivation(who.user(), who.project());
  }

  /** Whether somebody of the owning project did it. What is not known was an admin's to do. */
  boolean isByOwner(String owner) {
    return owner.equals(project);
  }

  String display() {
    if (user == null || project == null) {
      return "an admin";
    }
    String where = project.equals(Requester.SYSTEM_PROJECT) ? "the system" : "project " + project;
    return Printable.escape(user + " of " + where);
  }
}
