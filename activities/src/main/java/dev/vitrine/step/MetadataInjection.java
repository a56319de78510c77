package dev.vitrine.step;

import dev.vitrine.access.Requester;
import dev.vitrine.access.Role;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties that an operator gives to every image that is imported. Source: Glance's {@code
 * inject_image_metadata}.
 *
 * @param properties by their names
 * @param ignoreUserRoles roles whose imports get none
 */
public record MetadataInjection(Map<String, String> properties, Set<Role> ignoreUserRoles) {

  /** Nothing is given to any image. */
  public static final MetadataInjection NONE = new MetadataInjection(Map.of(), Set.of());

  public MetadataInjection {
    properties = Map.copyOf(properties);
    ignoreUserRoles = Set.copyOf(ignoreUserRoles);
  }

  /**
   * What an import gets.
   *
   * @param by on whose behalf it is; null if that is not known
   */
  Map<String, String> of(@Nullable Requester by) {
    return by == null || Collections.disjoint(by.roles(), ignoreUserRoles) ? properties : Map.of();
  }
}
