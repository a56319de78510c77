package dev.vitrine.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;
import dev.vitrine.text.Printable;
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
 * @param project the project that owns what they create; {@link #SYSTEM_PROJECT} for whoever has
 *     roles in the system as a whole and in no project
 * @param roles what they may do there; in a fixed order, none meaning nothing
 * @param request the request in which they ask, as the API gave it an id; null if they ask in none,
 *     and in what an older release wrote
 */
@Wire
public record Requester(String user, String project, Set<Role> roles, @Nullable String request) {

  /**
   * Stands where a project would, for roles in the system as a whole. No project is called that:
   * whoever vouches for requesters refuses it.
   */
  public static final String SYSTEM_PROJECT = "system:all";

  public Requester {
    if (user.isBlank() || project.isBlank()) {
      throw new Invalid("requester '%s' of project '%s': give both".formatted(user, project));
    }
    roles = inOrder(roles);
  }

  /** In no request. */
  public Requester(String user, String project, Set<Role> roles) {
    this(user, project, roles, null);
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
   * With roles in the system as a whole, as Keystone's tokens for {@code system: all} give them.
   */
  public static Requester ofSystem(String user, Set<Role> roles) {
    return new Requester(user, SYSTEM_PROJECT, roles);
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
      @JsonProperty("admin") @Nullable Boolean admin,
      @JsonProperty("request") @Nullable String request) {
    if (roles == null && admin != null) {
      return admin ? admin(user, project) : member(user, project);
    }
    return new Requester(
        user,
        project,
        (roles == null ? List.<String>of() : roles)
            .stream().map(Role::named).flatMap(Optional::stream).collect(Collectors.toSet()),
        request);
  }

  /** The same, who asks in that request. */
  public Requester in(String requestId) {
    return new Requester(user, project, roles, requestId);
  }

  /** Whether it is the same one with the same roles, in whatever request. */
  public boolean isSameAs(@Nullable Requester other) {
    return other != null
        && user.equals(other.user)
        && project.equals(other.project)
        && roles.equals(other.roles);
  }

  /** Whether their roles are in the system as a whole, so that nothing is their own. */
  public boolean system() {
    return project.equals(SYSTEM_PROJECT);
  }

  /** Whether what has that owner is their project's own. */
  public boolean owns(String owner) {
    return !system() && project.equals(owner);
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

  /** Who it is, as messages and histories say it, in characters that are safe to print. */
  public String display() {
    String shown = Printable.escape(user);
    return admin() ? shown + " (admin)" : shown;
  }

  /** Who it is and where from: {@code alice of project mars}. */
  public String displayWithScope() {
    return display() + (system() ? " of the system" : " of project " + Printable.escape(project));
  }

  /** The same order in every process, so that the same requester is the same JSON. */
  private static Set<Role> inOrder(Collection<Role> roles) {
    EnumSet<Role> ordered = EnumSet.noneOf(Role.class);
    ordered.addAll(roles);
    return Collections.unmodifiableSet(ordered);
  }
}
