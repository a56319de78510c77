package dev.vitrine.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf something is done. Vitrine trusts it: whoever may start workflows in the
 * namespace vouches for it.
 *
 * @param user who, for messages and history
 * @param project the project that owns what they create
 * @param roles what they may do there; in a fixed order, none meaning nothing
 */
@Wire
public record Requester(String user, String project, Set<Role> roles) {

  public Requester {
    if (user.isBlank() || project.isBlank()) {
      throw new Invalid("requester '%s' of project '%s': give both".formatted(user, project));
    }
    roles = inOrder(roles);
  }

  public static Requester admin(String user, String project) {
    return new Requester(user, project, Set.of(Role.ADMIN));
  }

  public static Requester member(String user, String project) {
    return new Requester(user, project, Set.of(Role.MEMBER));
  }

  public static Requester reader(String user, String project) {
    return new Requester(user, project, Set.of(Role.READER));
  }

  /**
   * From JSON, also in the form that had {@code admin} for roles: histories and running workflows
   * hold it. A role that a newer version added is passed over.
   */
  @JsonCreator
  static Requester read(
      @JsonProperty("user") String user,
      @JsonProperty("project") String project,
      @JsonProperty("roles") @Nullable List<String> roles,
      @JsonProperty("admin") @Nullable Boolean admin) {
    if (roles == null && admin != null) {
      return admin ? admin(user, project) : member(user, project);
    }
    return new Requester(
        user,
        project,
        (roles == null ? List.<String>of() : roles)
            .stream().map(Role::named).flatMap(Optional::stream).collect(Collectors.toSet()));
  }

  /** Whether the bounds of projects don't hold for them. */
  public boolean admin() {
    return has(Role.ADMIN);
  }

  /** Whether they may change anything at all. */
  public boolean mayWrite() {
    return has(Role.MEMBER);
  }

  /** Whether another service of the cloud asks on its own behalf. */
  public boolean service() {
    return has(Role.SERVICE);
  }

  /** Whether one of their roles is that one or implies it. */
  public boolean has(Role role) {
    return roles.stream().anyMatch(own -> own.implies(role));
  }

  /** Who it is, as messages say it. */
  public String display() {
    return admin() ? user + " (admin)" : user;
  }

  /** The same order in every process, so that the same requester is the same JSON. */
  private static Set<Role> inOrder(Collection<Role> roles) {
    EnumSet<Role> ordered = EnumSet.noneOf(Role.class);
    ordered.addAll(roles);
    return Collections.unmodifiableSet(ordered);
  }
}
