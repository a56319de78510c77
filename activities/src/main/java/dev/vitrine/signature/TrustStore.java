package dev.vitrine.signature;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Certificates in a directory of PEM files, read when they are asked for: {@code UUID.pem} has the
 * certificate of that name, followed by those between it and an authority; every other {@code .pem}
 * has authorities. Safe for use by many threads.
 */
public record TrustStore(Path directory, Clock clock) {

  private static final String PEM = ".pem";

  /** Of the key usage that a certificate may be limited to. */
  private static final int DIGITAL_SIGNATURE = 0;

  /**
   * The certificate of that name.
   *
   * @throws Invalid if there is none, or it is not to be trusted at present or for signatures
   * @throws Unavailable if the directory can't be read
   */
  X509Certificate require(UUID name) {
    List<X509Certificate> chain = chain(name);
    X509Certificate leaf = chain.get(0);
    try {
      Set<TrustAnchor> authorities = authorities();
      Date now = Date.from(clock.instant());
      leaf.checkValidity(now);
      boolean[] usage = leaf.getKeyUsage();
      if (usage != null && !usage[DIGITAL_SIGNATURE]) {
        throw new CertificateException("its key is not for digital signatures");
      }
      if (authorities.stream().noneMatch(each -> leaf.equals(each.getTrustedCert()))) {
        requireChain(chain, authorities, now);
      }
      return leaf;
    } catch (CertPathValidatorException e) {
      throw untrusted(name, reason(e));
    } catch (GeneralSecurityException e) {
      throw untrusted(name, String.valueOf(e.getMessage()));
    }
  }

  private static void requireChain(
      List<X509Certificate> chain, Set<TrustAnchor> authorities, Date now)
      throws GeneralSecurityException {
    if (authorities.isEmpty()) {
      throw new CertificateException("there is no authority that it could be from");
    }
    List<X509Certificate> below = new ArrayList<>(chain);
    below.removeIf(
        each -> authorities.stream().anyMatch(known -> each.equals(known.getTrustedCert())));
    CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(below);
    PKIXParameters parameters = new PKIXParameters(authorities);
    parameters.setRevocationEnabled(false);
    parameters.setDate(now);
    var unused = CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  private static String reason(CertPathValidatorException e) {
    return "its chain of certificates does not lead to an authority: " + e.getMessage();
  }

  private static Invalid untrusted(UUID name, String why) {
    return new Invalid(
        "certificate %s of its img_signature_certificate_uuid is not trusted: %s"
            .formatted(name, why));
  }

  private List<X509Certificate> chain(UUID name) {
    try {
      List<X509Certificate> chain = read(directory.resolve(name + PEM));
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (NoSuchFileException e) {
      // As one without a certificate in it.
    } catch (IOException e) {
      throw unreadable(e);
    } catch (CertificateException e) {
      throw untrusted(name, "it can't be read");
    }
    throw new Invalid(
        "its img_signature_certificate_uuid %s names no certificate that is trusted here; have the operator add it, or sign with another"
            .formatted(name));
  }

  private Set<TrustAnchor> authorities() throws CertificateException {
    Set<TrustAnchor> authorities = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + PEM)) {
      for (Path file : files) {
        if (!isNamed(file)) {
          read(file).forEach(each -> authorities.add(new TrustAnchor(each, null)));
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return authorities;
  }

  private static boolean isNamed(Path file) {
    return file.getFileName().toString().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.pem");
  }

  private static List<X509Certificate> read(Path file) throws IOException, CertificateException {
    List<X509Certificate> read = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        read.add((X509Certificate) each);
      }
    }
    return read;
  }

  private static VitrineException unreadable(IOException e) {
    return VitrineException.because(
        e, new Unavailable("the certificates of signatures can't be read: " + e));
  }
}
