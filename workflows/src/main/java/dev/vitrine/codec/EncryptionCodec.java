package dev.vitrine.codec;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.vitrine.error.VitrineException.Invalid;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts payloads by AES-GCM, each with a nonce of its own and the key's id beside it. What is
 * not encrypted is passed through when it is decoded, so that executions that began without go on.
 * Thread-safe.
 */
public final class EncryptionCodec implements PayloadCodec {

  private static final String ENCODING = "encoding";
  private static final String ENCRYPTED = "binary/encrypted";
  private static final String CIPHER = "encryption-cipher";
  private static final String KEY_ID = "encryption-key-id";
  private static final String AES_GCM = "AES/GCM/NoPadding";

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;
  private volatile EncryptionKeys keys;

  private EncryptionCodec(Path file, EncryptionKeys keys) {
    this.file = file;
    this.keys = keys;
  }

  /**
   * With the keys of a file: a line {@code ID=KEY} for each, of which the first encrypts. The file
   * is read again when something comes that was encrypted with a key that was not there.
   *
   * @throws Invalid if it has none
   */
  public static EncryptionCodec of(Path file) {
    return new EncryptionCodec(file, EncryptionKeys.read(file));
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads.stream().map(this::encrypt).toList();
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::decrypt).toList();
  }

  private Payload encrypt(Payload payload) {
    EncryptionKeys now = keys;
    String id = now.first();
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, requireNonNull(now.byId().get(id)), nonce, id);
      ByteString sealed =
          ByteString.copyFrom(nonce)
              .concat(ByteString.copyFrom(cipher.doFinal(payload.toByteArray())));
      return Payload.newBuilder()
          .putMetadata(ENCODING, ByteString.copyFromUtf8(ENCRYPTED))
          .putMetadata(CIPHER, ByteString.copyFromUtf8(AES_GCM))
          .putMetadata(KEY_ID, ByteString.copyFromUtf8(id))
          .setData(sealed)
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES-GCM", e);
    }
  }

  private Payload decrypt(Payload payload) {
    if (!ENCRYPTED.equals(metadata(payload, ENCODING))) {
      return payload;
    }
    String id = metadata(payload, KEY_ID);
    byte[] data = payload.getData().toByteArray();
    if (data.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      throw new PayloadCodecException("a payload that says it is encrypted is too short to be");
    }
    byte[] nonce = payload.getData().substring(0, NONCE_BYTES).toByteArray();
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key(id), nonce, id);
      return Payload.parseFrom(cipher.doFinal(data, NONCE_BYTES, data.length - NONCE_BYTES));
    } catch (AEADBadTagException e) {
      throw new PayloadCodecException(
          "a payload was altered, or encrypted with another key '%s' than that of %s"
              .formatted(id, file),
          e);
    } catch (InvalidProtocolBufferException e) {
      throw new PayloadCodecException("what was encrypted is no payload", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES-GCM", e);
    }
  }

  private SecretKeySpec key(String id) {
    SecretKeySpec known = keys.byId().get(id);
    if (known != null) {
      return known;
    }
    try {
      keys = EncryptionKeys.read(file);
    } catch (Invalid e) {
      throw new PayloadCodecException(String.valueOf(e.getMessage()), e);
    }
    SecretKeySpec found = keys.byId().get(id);
    if (found == null) {
      throw new PayloadCodecException(
          "a payload was encrypted with the key '%s', which %s does not have: put it there, behind the first"
              .formatted(id, file));
    }
    return found;
  }

  /** The id goes into the tag, so that nobody can say that it was another key. */
  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String id)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(AES_GCM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static String metadata(Payload payload, String name) {
    ByteString value = payload.getMetadataMap().get(name);
    return value == null ? "" : value.toStringUtf8();
  }
}
