package dev.vitrine.registry;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an installation's work runs.
 *
 * @param namespace its name
 * @param namespaceId which the server made with the namespace: no two have the same, and a
 *     namespace keeps it when it fails over to another cluster; null if the server doesn't say
 * @param cluster the cluster's name or id, for messages: two development servers have the same;
 *     null if the server doesn't say
 */
public record Home(String namespace, @Nullable String namespaceId, @Nullable String cluster) {

  /** Whether it is the same place. */
  public boolean is(Home other) {
    boolean known = namespaceId != null && other.namespaceId != null;
    return namespace.equals(other.namespace)
        && (!known || Objects.equals(namespaceId, other.namespaceId));
  }

  /** In words, for messages. */
  public String display() {
    return "namespace %s (id %s, cluster %s)"
        .formatted(
            namespace,
            namespaceId == null ? "unknown" : namespaceId,
            cluster == null ? "unknown" : cluster);
  }
}
