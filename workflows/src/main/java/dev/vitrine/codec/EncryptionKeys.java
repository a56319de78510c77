package dev.vitrine.codec;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys by their ids. The first one of the file encrypts; every one decrypts.
 *
 * @param first the id of the one that encrypts
 */
record EncryptionKeys(String first, Map<String, SecretKeySpec> byId) {

  private static final int KEY_BYTES = 32;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  EncryptionKeys {
    byId = Map.copyOf(byId);
  }

  /**
   * Reads a file with a line {@code ID=KEY} for each key, which is 32 random bytes as Base64.
   *
   * @throws Invalid naming the file and the line, and never what is in it
   */
  static EncryptionKeys read(Path file) {
    Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    int number = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        number++;
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        int equals = line.indexOf('=');
        String id = equals < 0 ? "" : line.substring(0, equals).strip();
        if (!ID.matcher(id).matches()
            || keys.put(id, key(line.substring(equals + 1).strip())) != null) {
          throw wrong(file, number);
        }
      }
    } catch (IOException e) {
      throw new Invalid("the key file %s can't be read: %s".formatted(file, e));
    } catch (IllegalArgumentException e) {
      throw wrong(file, number);
    }
    if (keys.isEmpty()) {
      throw new Invalid("the key file %s has no key: give a line ID=KEY".formatted(file));
    }
    return new EncryptionKeys(keys.keySet().iterator().next(), keys);
  }

  private static SecretKeySpec key(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException("too short");
    }
    return new SecretKeySpec(bytes, "AES");
  }

  private static Invalid wrong(Path file, int line) {
    return new Invalid(
        "the key file %s, line %d: give ID=KEY, each id once, the key 32 random bytes as Base64 (openssl rand -base64 32)"
            .formatted(file, line));
  }

  @Override
  public String toString() {
    return "EncryptionKeys" + byId.keySet();
  }
}
