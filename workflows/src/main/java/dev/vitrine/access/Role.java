package dev.vitrine.access;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.lifecycle.Lifecycle;
import java.util.Arrays;
import java.util.Optional;

/**
 * What somebody may do in a project. Source: Keystone's default roles, where each of {@code admin},
 * {@code member} and {@code reader} implies the next one; {@code service} stands beside them.
 */
public enum Role {
  /** Looks at what the project may see. */
  READER,
  /** Changes what the project owns, and reads data. */
  MEMBER,
  /** Anything, in any project. */
  ADMIN,
  /** Another service of the cloud, calling on its own behalf; implies none of the others. */
  SERVICE;

  /** Whether who has this role has that one, too. */
  public boolean implies(Role other) {
    return this == other || (this != SERVICE && other != SERVICE && compareTo(other) > 0);
  }

  @JsonValue
  public String wireName() {
    return Lifecycle.word(this);
  }

  /** The role of that name, in any case of letters; empty if it means nothing to Vitrine. */
  public static Optional<Role> named(String name) {
    return Arrays.stream(values()).filter(role -> role.wireName().equalsIgnoreCase(name)).findAny();
  }

  @Override
  public String toString() {
    return wireName();
  }
}
