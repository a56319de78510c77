package dev.vitrine.remote;

import org.jspecify.annotations.Nullable;

/**
 * How a caller shows who they are. None of these prints its secret.
 *
 * <p>Source of the names and rules: Keystone's API v3 and the {@code OS_} variables of the
 * OpenStack clients.
 */
public sealed interface Credentials {

  /** Nothing is shown: for a server without authentication. */
  record None() implements Credentials {}

  /** A token that somebody else got. */
  record Token(String token) implements Credentials {
    @Override
    public String toString() {
      return "Token[******]";
    }
  }

  /** A user's password at a Keystone. */
  record Password(String authUrl, User user, String password, Scope scope) implements Credentials {
    @Override
    public String toString() {
      return "Password[authUrl=%s, user=%s, scope=%s]".formatted(authUrl, user, scope);
    }
  }

  /** A token of a Keystone's, to be exchanged for one of a project and for its catalog. */
  record Rescoped(String authUrl, String token, Scope scope) implements Credentials {
    @Override
    public String toString() {
      return "Rescoped[authUrl=%s, scope=%s]".formatted(authUrl, scope);
    }
  }

  /** An application credential at a Keystone, which knows its project itself. */
  record ApplicationCredential(String authUrl, String id, String secret) implements Credentials {
    @Override
    public String toString() {
      return "ApplicationCredential[authUrl=%s, id=%s]".formatted(authUrl, id);
    }
  }

  /**
   * A user by id, or by name and domain.
   *
   * @param id null if it goes by the name
   */
  record User(@Nullable String id, @Nullable String name, Domain domain) {}

  /**
   * The project that is acted for.
   *
   * @param id null if it goes by the name; if both are null, the user's default one
   */
  record Scope(@Nullable String id, @Nullable String name, Domain domain) {
    boolean isGiven() {
      return id != null || name != null;
    }
  }

  /**
   * A domain.
   *
   * @param id null if it goes by the name; if both are null, Keystone's own default
   */
  record Domain(@Nullable String id, @Nullable String name) {}
}
