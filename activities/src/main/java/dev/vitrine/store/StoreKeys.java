package dev.vitrine.store;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.regex.Pattern;

/** The form of keys. */
public final class StoreKeys {

  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Pattern KEY = Pattern.compile(UUID + "/" + UUID);

  private StoreKeys() {}

  /**
   * The key, if it is one.
   *
   * @param owner whose key it is, for the message: {@code store 'main'}
   * @throws Invalid if it has another form than {@code <uuid>/<uuid>}
   */
  public static String require(String owner, String key) {
    if (!KEY.matcher(key).matches()) {
      throw new Invalid("%s: key '%s' is not <uuid>/<uuid>".formatted(owner, key));
    }
    return key;
  }
}
