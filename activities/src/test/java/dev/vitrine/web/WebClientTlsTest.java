package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.vitrine.web.WebFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names are vouched for, though it is addresses that are connected to. */
final class WebClientTlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir static Path directory;

  private static HttpsServer server;
  private static SSLContext trusted;

  /** Whose certificate is for images.example, and vouched for by nobody else. */
  @BeforeAll
  static void serve() throws IOException, InterruptedException, GeneralSecurityException {
    Path file = directory.resolve("images.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "images",
                "-keyalg",
                "EC",
                "-dname",
                "CN=images.example",
                "-ext",
                "SAN=dns:images.example",
                "-validity",
                "3650")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();

    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext own = SSLContext.getInstance("TLS");
    own.init(keys.getKeyManagers(), null, null);
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    anchors.setCertificateEntry("images", store.getCertificate("images"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    trusted = SSLContext.getInstance("TLS");
    trusted.init(null, trust.getTrustManagers(), null);

    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(own));
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/down")) {
            exchange.getResponseHeaders().set("Location", "http://images.example/plain?secret");
            exchange.sendResponseHeaders(301, -1);
          } else {
            exchange.sendResponseHeaders(200, -1);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void close() {
    server.stop(0);
  }

  private static WebAnswer get(String host, String path, @Nullable SSLContext trust)
      throws WebFailure, InterruptedException {
    WebAccess everythingIsHere =
        new WebAccess(
            WebRules.defaults().withLoopback(),
            name -> new InetAddress[] {InetAddress.getLoopbackAddress()},
            List.of());
    return new WebClient(everythingIsHere, LONG, LONG, trust)
        .get(
            URI.create("https://%s:%d%s".formatted(host, server.getAddress().getPort(), path)),
            "https://" + host,
            Map.of(),
            closeable -> {});
  }

  private static WebFailure failure(String host, String path, @Nullable SSLContext trust) {
    return catchThrowableOfType(WebFailure.class, () -> get(host, path, trust));
  }

  @Test
  void trustsTheNameThatTheCertificateIsFor() throws Exception {
    WebAnswer answer = get("images.example", "/", trusted);
    answer.stream().close();
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void doesNotTrustItForAnotherName() {
    assertThat(failure("other.example", "/", trusted).reason()).isEqualTo(Reason.UNTRUSTED);
  }

  @Test
  void doesNotTrustWhatNobodyVouchesFor() {
    WebFailure failure = failure("images.example", "/", null);
    assertThat(failure.reason()).isEqualTo(Reason.UNTRUSTED);
    assertThat(failure).hasMessageContaining("TLS does not vouch for it");
  }

  @Test
  void followsNoRedirectToPlainHttp() {
    WebFailure failure = failure("images.example", "/down", trusted);
    assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
    assertThat(failure)
        .hasMessageContaining("from https to http at http://images.example/plain?…")
        .hasMessageNotContaining("secret");
  }
}
