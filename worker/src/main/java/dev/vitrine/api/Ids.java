package dev.vitrine.api;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageField;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as they come in paths and bodies. */
final class Ids {

  private static final Pattern UUID_FORM = Pattern.compile(ImageField.UUID_PATTERN);

  private Ids() {}

  /**
   * The id in a path. Clients look up names there first, so that anything else is just not found.
   *
   * @param noun what it would be the id of
   * @throws NotFound if it is none
   */
  static UUID inPath(String noun, String text) {
    if (!UUID_FORM.matcher(text).matches()) {
      throw new NotFound("%s %s was not found: its id would be a UUID".formatted(noun, text));
    }
    return UUID.fromString(text);
  }

  /**
   * The id in a body or a query.
   *
   * @throws Invalid if it is none
   */
  static UUID given(String field, String text) {
    if (!UUID_FORM.matcher(text).matches()) {
      throw new Invalid("%s '%s': give a UUID".formatted(field, text));
    }
    return UUID.fromString(text);
  }
}
