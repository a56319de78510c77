package dev.vitrine.auth;

import dev.vitrine.access.Requester;
import dev.vitrine.access.Role;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.text.Printable;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling.
 *
 * @param requester by the ids of user and project, as owners and tasks record them
 * @param roles their names as they were given, among them some that mean nothing to Vitrine
 * @param userName null if it is not known
 * @param projectName null if it is not known
 * @param expiresAt until when the token holds; null where there is none
 */
public record Caller(
    Requester requester,
    List<String> roles,
    @Nullable String userName,
    @Nullable String projectName,
    @Nullable Instant expiresAt) {

  /** What Keystone called the member's role before 2018; old deployments still give it. */
  private static final String OLD_MEMBER = "_member_";

  public Caller {
    roles = List.copyOf(roles);
  }

  public String userId() {
    return requester.user();
  }

  public String projectId() {
    return requester.project();
  }

  /**
   * A requester with those of the roles that mean something.
   *
   * @throws Forbidden if the project's id is what stands for the system as a whole
   */
  static Requester requester(String userId, String projectId, List<String> roles) {
    if (projectId.equals(Requester.SYSTEM_PROJECT)) {
      throw new Forbidden(
          "user %s: '%s' is not the id of a project"
              .formatted(Printable.escape(userId), projectId));
    }
    return new Requester(userId, projectId, known(roles));
  }

  /** The same with roles in the system as a whole. */
  static Requester requesterOfSystem(String userId, List<String> roles) {
    return Requester.ofSystem(userId, known(roles));
  }

  private static Set<Role> known(List<String> roles) {
    Set<Role> known = EnumSet.noneOf(Role.class);
    for (String name : roles) {
      Role.named(name.equalsIgnoreCase(OLD_MEMBER) ? "member" : name).ifPresent(known::add);
    }
    return known;
  }
}
