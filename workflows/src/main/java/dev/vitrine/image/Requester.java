package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;

/**
 * On whose behalf something is done. Vitrine trusts it: whoever may start workflows in the
 * namespace vouches for it.
 *
 * @param user who, for messages and history
 * @param project the project that owns what they create
 * @param admin whether the project's bounds don't hold for them
 */
@Wire
public record Requester(String user, String project, boolean admin) {

  public Requester {
    if (user.isBlank() || project.isBlank()) {
      throw new Invalid("requester '%s' of project '%s': give both".formatted(user, project));
    }
  }

  public static Requester admin(String user, String project) {
    return new Requester(user, project, true);
  }

  public static Requester member(String user, String project) {
    return new Requester(user, project, false);
  }

  /** Who it is, as messages say it. */
  public String display() {
    return admin ? user + " (admin)" : user;
  }
}
