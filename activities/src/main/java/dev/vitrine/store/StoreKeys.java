package dev.vitrine.store;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.regex.Pattern;

/** The form of keys. */
public final class StoreKeys {

  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Pattern KEY = Pattern.compile(UUID + "/" + UUID);
  private static final Pattern PART = Pattern.compile(UUID);

  private StoreKeys() {}

  /** Whether a text has the form of a key. */
  public static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  /** Whether a text has the form of what is before or behind a key's slash. */
  public static boolean isPart(String text) {
    return PART.matcher(text).matches();
  }

  /**
   * The key, if it is one.
   *
   * @param owner whose key it is, for the message: {@code store 'main'}
   * @throws Invalid if it has another form than {@code <uuid>/<uuid>}
   */
  public static String require(String owner, String key) {
    if (!isKey(key)) {
      throw new Invalid("%s: key '%s' is not <uuid>/<uuid>".formatted(owner, key));
    }
    return key;
  }
}
