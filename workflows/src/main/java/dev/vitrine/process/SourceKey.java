package dev.vitrine.process;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for the query strings of sources' URLs: AES-256-GCM (NIST SP 800-38D), with a nonce of its
 * own each time and bound to the URL, so that what was sealed for one is of no use with another.
 * Safe for use by many threads; never printed.
 */
public final class SourceKey {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  private SourceKey(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * Reads a file with {@link #made a key} and nothing else.
   *
   * @throws Invalid naming the file, and never what is in it
   */
  public static SourceKey read(Path file) {
    try {
      return of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new Invalid("the key file %s can't be read: %s".formatted(file, e));
    } catch (Invalid e) {
      throw new Invalid("the key file %s: %s".formatted(file, e.getMessage()));
    }
  }

  /** Takes what {@link #made} gave. */
  public static SourceKey of(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != KEY_BYTES) {
      throw new Invalid("a key is 32 random bytes as Base64: openssl rand -base64 32");
    }
    return new SourceKey(bytes);
  }

  /** A new key: 32 random bytes as Base64. */
  public static String made() {
    byte[] bytes = new byte[KEY_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Seals a query string.
   *
   * @param url without it
   */
  public String seal(String url, String query) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, url).doFinal(query.getBytes(StandardCharsets.UTF_8));
      byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES-GCM", e);
    }
  }

  /** What was sealed; empty if it was sealed with another key, or for another URL, or altered. */
  public Optional<String> open(String url, String sealed) {
    try {
      ByteBuffer all = ByteBuffer.wrap(Base64.getUrlDecoder().decode(sealed));
      if (all.remaining() < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
        return Optional.empty();
      }
      byte[] nonce = new byte[NONCE_BYTES];
      byte[] rest = new byte[all.get(nonce).remaining()];
      all.get(rest);
      return Optional.of(
          new String(
              cipher(Cipher.DECRYPT_MODE, nonce, url).doFinal(rest), StandardCharsets.UTF_8));
    } catch (AEADBadTagException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String url) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(url.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public String toString() {
    return "SourceKey";
  }
}
