package dev.vitrine.keystone;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user or a project, by id or by name and domain.
 *
 * @param id null if it goes by the name
 * @param domainId null if the domain goes by its name; if both are null, it is Keystone's default
 */
public record KeystoneName(
    @Nullable String id,
    @Nullable String name,
    @Nullable String domainId,
    @Nullable String domainName) {

  /** A name within a domain of that name. */
  public static KeystoneName of(String name, String domainName) {
    return new KeystoneName(null, name, null, domainName);
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    if (id != null) {
      document.put("id", id);
      return document;
    }
    if (name != null) {
      document.put("name", name);
    }
    document.put("domain", domain());
    return document;
  }

  private Map<String, Object> domain() {
    if (domainId != null) {
      return Map.of("id", domainId);
    }
    return domainName == null ? Map.of("id", "default") : Map.of("name", domainName);
  }
}
