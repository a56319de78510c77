package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsFilesTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path directory;

  /** A certificate and a key of each kind, as the JDK's own tool makes them. */
  @BeforeAll
  static void makeCertificates() throws Exception {
    make("RSA");
    make("EC");
    KeyPairGenerator other = KeyPairGenerator.getInstance("EC");
    pem(key("OTHER"), "PRIVATE KEY", other.generateKeyPair().getPrivate().getEncoded());
  }

  private static void make(String algorithm) throws Exception {
    Path file = directory.resolve(algorithm + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-alias",
                "api",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
    Key key = store.getKey("api", PASSWORD);
    pem(certificate(algorithm), "CERTIFICATE", store.getCertificate("api").getEncoded());
    pem(key(algorithm), "PRIVATE KEY", key.getEncoded());
  }

  private static Path certificate(String name) {
    return directory.resolve(name + ".pem");
  }

  private static Path key(String name) {
    return directory.resolve(name + ".key");
  }

  private static void pem(Path file, String what, byte[] encoded) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(encoded), what));
  }

  private static SSLContext trusting(String algorithm) throws Exception {
    KeyStore store = KeyStore.getInstance(directory.resolve(algorithm + ".p12").toFile(), PASSWORD);
    Certificate certificate = store.getCertificate("api");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("api", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void servesHttps(String algorithm) throws Exception {
    try (HttpService service =
        HttpService.start(
            InetSocketAddress.createUnresolved("127.0.0.1", 0),
            new Router(List.of(Route.open("GET", "/", call -> TestServer.text(call.origin())))),
            request -> CompletableFuture.completedFuture(Requester.member("alice", "acme")),
            TestServer.LIMITS,
            TestServer.DOOR,
            false,
            new TlsFiles(certificate(algorithm), key(algorithm)))) {
      URI url = URI.create(service.url());
      assertThat(url.getScheme()).isEqualTo("https");
      try (Wire wire =
          new Wire(
              trusting(algorithm).getSocketFactory().createSocket(url.getHost(), url.getPort()))) {
        wire.send("GET / HTTP/1.1\nHost: img.example\n\n");
        assertThat(wire.reply().body()).isEqualTo("https://img.example");
      }
    }
  }

  @Test
  void takesAChainOfCertificates() throws IOException {
    Path chain = directory.resolve("chain.pem");
    Files.writeString(
        chain, Files.readString(certificate("RSA")) + Files.readString(certificate("EC")));
    assertThat(new TlsFiles(chain, key("RSA")).keyStore()).isNotNull();
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> new TlsFiles(missing, key("RSA")).keyStore())
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(missing.toString());
    assertThatThrownBy(() -> new TlsFiles(certificate("RSA"), missing).keyStore())
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void refusesAFileThatIsSomethingElse() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty"), "");
    Path nonsense = Files.writeString(directory.resolve("nonsense"), "hello");
    Path broken =
        Files.writeString(
            directory.resolve("broken.key"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    for (Path wrong : List.of(empty, nonsense)) {
      assertThatThrownBy(() -> new TlsFiles(wrong, key("RSA")).keyStore())
          .isInstanceOf(Invalid.class)
          .hasMessageContaining(wrong.toString());
    }
    for (Path wrong : List.of(empty, nonsense, broken, certificate("RSA"))) {
      assertThatThrownBy(() -> new TlsFiles(certificate("RSA"), wrong).keyStore())
          .isInstanceOf(Invalid.class)
          .hasMessageContaining(wrong.toString());
    }
  }

  @Test
  void tellsHowToMakeAKeyOfTheOldForm() throws IOException {
    Path old =
        Files.writeString(
            directory.resolve("old.key"),
            "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
    assertThatThrownBy(() -> new TlsFiles(certificate("RSA"), old).keyStore())
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "OTHER"})
  void refusesTheKeyOfAnotherCertificate(String other) {
    assertThatThrownBy(() -> new TlsFiles(certificate("EC"), key(other)).keyStore())
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(key(other).toString())
        .hasMessageContaining(certificate("EC").toString());
  }
}
