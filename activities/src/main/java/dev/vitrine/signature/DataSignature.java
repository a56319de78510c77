package dev.vitrine.signature;

import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.Invalid;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the properties of an image say of its data's signature. Source of the names and values:
 * OpenStack's cursive, which Glance verifies by.
 *
 * @param base64 the signature, in Base64
 * @param hash by its name in Java, {@code SHA-256}
 * @param key what kind of key made it
 * @param certificate by its name in the trust store
 */
public record DataSignature(String base64, String hash, KeyKind key, UUID certificate) {

  /** Kinds of keys. */
  enum KeyKind {
    RSA_PSS("RSA"),
    DSA("DSA"),
    ECC("EC");

    private final String algorithm;

    KeyKind(String algorithm) {
      this.algorithm = algorithm;
    }

    /** As Java calls the algorithm of the key. */
    String algorithm() {
      return algorithm;
    }
  }

  /** The property that says that data is signed. */
  public static final String BYTES = "img_signature";

  private static final String HASH = "img_signature_hash_method";
  private static final String KEY = "img_signature_key_type";
  private static final String CERTIFICATE = "img_signature_certificate_uuid";
  private static final List<String> ALL = List.of(BYTES, HASH, KEY, CERTIFICATE);
  private static final List<String> HASHES = List.of("SHA-224", "SHA-256", "SHA-384", "SHA-512");

  /** Whether those properties of an image say anything of a signature, right or wrong. */
  public static boolean isIn(Map<String, String> properties) {
    return ALL.stream().anyMatch(properties::containsKey);
  }

  /**
   * The signature of an image with those properties; null if they say nothing of one.
   *
   * @throws Invalid if they say only a part, or what nobody can verify
   */
  public static @Nullable DataSignature of(Map<String, String> properties) {
    List<String> missing = ALL.stream().filter(name -> !properties.containsKey(name)).toList();
    if (missing.size() == ALL.size()) {
      return null;
    }
    if (!missing.isEmpty()) {
      throw new Invalid(
          "it is signed, but has no %s: give all of %s, or none of them"
              .formatted(String.join(", ", missing), String.join(", ", ALL)));
    }
    return new DataSignature(
        base64(text(properties, BYTES)),
        hash(text(properties, HASH)),
        key(text(properties, KEY)),
        certificate(text(properties, CERTIFICATE)));
  }

  private static String text(Map<String, String> properties, String name) {
    return properties.getOrDefault(name, "").strip();
  }

  /** The signature itself. */
  byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }

  private static String base64(String text) {
    try {
      byte[] unused = Base64.getDecoder().decode(text);
      return text;
    } catch (IllegalArgumentException e) {
      throw wrong(BYTES, text, "the signature in Base64");
    }
  }

  private static String hash(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    if (!HASHES.contains(name)) {
      throw wrong(HASH, text, "one of " + String.join(", ", HASHES));
    }
    return name;
  }

  private static KeyKind key(String text) {
    return switch (text) {
      case "RSA-PSS" -> KeyKind.RSA_PSS;
      case "DSA" -> KeyKind.DSA;
      case "ECC_SECP384R1", "ECC_SECP521R1" -> KeyKind.ECC;
      default -> throw wrong(KEY, text, "RSA-PSS, DSA, ECC_SECP384R1 or ECC_SECP521R1");
    };
  }

  private static UUID certificate(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw wrong(CERTIFICATE, text, "the UUID of a certificate that is trusted here");
  }

  private static Invalid wrong(String name, String value, String accepted) {
    return new Invalid("%s is '%s': give %s".formatted(name, Excerpt.value(value), accepted));
  }
}
