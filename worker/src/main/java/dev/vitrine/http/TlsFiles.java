package dev.vitrine.http;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate and its key, as files.
 *
 * @param certificate PEM; the server's own first, then those that vouch for it
 * @param key PEM, PKCS #8, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /**
   * Both, as the JDK takes them.
   *
   * @throws Invalid naming the file and what is wrong with it
   */
  public KeyStore keyStore() {
    List<? extends Certificate> chain = chain();
    PublicKey publicKey = chain.get(0).getPublicKey();
    PrivateKey privateKey = privateKey(publicKey.getAlgorithm());
    try {
      requirePair(publicKey, privateKey);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("api", privateKey, new char[0], chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new Invalid("the certificate %s can't be used: %s".formatted(certificate, e));
    }
  }

  /** Otherwise the server starts, and no client gets through. */
  private void requirePair(PublicKey publicKey, PrivateKey privateKey)
      throws GeneralSecurityException {
    byte[] anything = {1, 2, 3};
    Signature signature =
        Signature.getInstance(
            switch (publicKey.getAlgorithm()) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> publicKey.getAlgorithm();
            });
    signature.initSign(privateKey);
    signature.update(anything);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(anything);
    if (!signature.verify(signed)) {
      throw new Invalid(
          "the key in %s is not that of the certificate %s".formatted(key, certificate));
    }
  }

  private List<? extends Certificate> chain() {
    try (InputStream in = Files.newInputStream(certificate)) {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (read.isEmpty()) {
        throw new Invalid("the certificate file %s has none; give PEM".formatted(certificate));
      }
      return read.stream().map(X509Certificate.class::cast).toList();
    } catch (IOException | GeneralSecurityException e) {
      throw new Invalid("the certificate file %s can't be read: %s".formatted(certificate, e));
    }
  }

  private PrivateKey privateKey(String algorithm) {
    try {
      Matcher pem = PKCS8.matcher(Files.readString(key, StandardCharsets.US_ASCII));
      if (!pem.find()) {
        throw new Invalid(
            "the key file %s is no PEM of an unencrypted PKCS #8 key; 'openssl pkcs8 -topk8 -nocrypt'"
                    .formatted(key)
                + " makes one");
      }
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (IOException e) {
      throw new Invalid("the key file %s can't be read: %s".formatted(key, e));
    } catch (InvalidKeySpecException e) {
      throw new Invalid(
          "the key in %s is no %s key, as the certificate %s wants"
              .formatted(key, algorithm, certificate));
    } catch (GeneralSecurityException e) {
      throw new Invalid("the key file %s can't be used: %s".formatted(key, e));
    }
  }
}
