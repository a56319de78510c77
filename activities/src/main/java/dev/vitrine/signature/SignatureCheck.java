package dev.vitrine.signature;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.signature.DataSignature.KeyKind;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/**
 * The verification of one stream of data, which is given its bytes in their order. For one thread.
 */
public final class SignatureCheck {

  private final Signature verifier;
  private final byte[] expected;

  /**
   * Begins.
   *
   * @throws Invalid if the certificate is not trusted, or its key not of the kind that was said
   */
  public SignatureCheck(DataSignature signature, TrustStore trusted) {
    X509Certificate certificate = trusted.require(signature.certificate());
    PublicKey key = certificate.getPublicKey();
    KeyKind kind = signature.key();
    if (!key.getAlgorithm().equals(kind.algorithm())) {
      throw new Invalid(
          "its img_signature_key_type needs a key of %s, and certificate %s has one of %s"
              .formatted(kind.algorithm(), signature.certificate(), key.getAlgorithm()));
    }
    this.expected = signature.bytes();
    try {
      this.verifier = verifier(signature.hash(), kind, key);
      verifier.initVerify(key);
    } catch (GeneralSecurityException e) {
      throw new Invalid("its signature can't be verified: " + e.getMessage());
    }
  }

  private static Signature verifier(String hash, KeyKind kind, PublicKey key)
      throws GeneralSecurityException {
    String plain = hash.replace("-", "");
    return switch (kind) {
      case DSA -> Signature.getInstance(plain + "withDSA");
      case ECC -> Signature.getInstance(plain + "withECDSA");
      case RSA_PSS -> {
        int digest = Integer.parseInt(plain.substring("SHA".length())) / Byte.SIZE;
        int modulus = ((RSAPublicKey) key).getModulus().bitLength();
        // The longest salt that fits, as cursive has it; RFC 8017, 9.1.1.
        int salt = (modulus - 1 + 7) / Byte.SIZE - digest - 2;
        Signature verifier = Signature.getInstance("RSASSA-PSS");
        verifier.setParameter(
            new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
        yield verifier;
      }
    };
  }

  /** Takes in what comes next. */
  public void take(byte[] bytes, int offset, int length) {
    try {
      verifier.update(bytes, offset, length);
    } catch (SignatureException e) {
      throw new IllegalStateException("the data can't be verified", e);
    }
  }

  /**
   * After all of the data.
   *
   * @throws Invalid if it is not what was signed
   */
  public void finish() {
    boolean right;
    try {
      right = verifier.verify(expected);
    } catch (SignatureException e) {
      right = false; // What it is given for is no signature at all.
    }
    if (!right) {
      throw new Invalid(
          "its data is not what img_signature was made of, or it was made by another key; send the"
              + " data that was signed, or correct the signature while the image is queued");
    }
  }
}
