package dev.vitrine.config;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.web.AddressRange;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the API learns who is calling. */
public sealed interface AuthSettings {

  /**
   * Requires that it is safe to listen there.
   *
   * @param listening the address, which may stand for every one of the machine
   * @throws Invalid if anybody who reaches the port could be anyone
   */
  void requireSafeOn(InetAddress listening);

  /**
   * Nobody is asked: every caller is one user, an admin.
   *
   * @param allowAnyoneFromNetwork whether that holds on an address that other machines reach
   * @param hosts the names, besides those of loopback, that callers may have for this machine
   */
  record None(String user, String project, boolean allowAnyoneFromNetwork, List<String> hosts)
      implements AuthSettings {

    public None {
      hosts = List.copyOf(hosts);
    }

    @Override
    public void requireSafeOn(InetAddress listening) {
      if (!listening.isLoopbackAddress() && !allowAnyoneFromNetwork) {
        throw new Invalid(
            ("auth.method is 'none' and the API listens on %s: everybody who reaches it would be an"
                    + " admin; choose another method, listen on 127.0.0.1, or set"
                    + " auth.allow-anyone-from-network to true")
                .formatted(listening.getHostAddress()));
      }
    }
  }

  /**
   * A proxy in front has asked, and says in headers who it is.
   *
   * @param proxies where it calls from; if empty, from this machine
   */
  record TrustedHeaders(List<AddressRange> proxies) implements AuthSettings {

    public TrustedHeaders {
      proxies = List.copyOf(proxies);
    }

    @Override
    public void requireSafeOn(InetAddress listening) {
      if (!listening.isLoopbackAddress() && proxies.isEmpty()) {
        throw new Invalid(
            ("auth.method is 'trusted-headers' and the API listens on %s: everybody who reaches it"
                    + " could say to be anyone; give the addresses of the proxies in"
                    + " auth.trusted-proxies, or listen on 127.0.0.1")
                .formatted(listening.getHostAddress()));
      }
    }
  }

  /**
   * The caller's token is shown to Keystone.
   *
   * @param url where Vitrine reaches Keystone, without {@code /v3}
   * @param publicUrl where clients reach it, as a refusal tells them
   * @param user Vitrine's own, by which it is allowed to validate tokens
   * @param userDomain the name of the domain that the user is in
   * @param project the one that Vitrine's own token is for
   * @param cacheTime how long an answer holds, and so how late a revocation may be noticed; 0 for
   *     never
   * @param timeout for each question
   */
  record Keystone(
      URI url,
      URI publicUrl,
      String user,
      String userDomain,
      Secret password,
      String project,
      String projectDomain,
      Duration cacheTime,
      Duration timeout)
      implements AuthSettings {

    @Override
    public void requireSafeOn(InetAddress listening) {
      // A token is proof anywhere.
    }
  }

  /** Values that the chosen method has no use for are checked as well: one may be next. */
  static AuthSettings read(SettingsReader in) {
    None none =
        new None(
            in.text("auth.user"),
            in.text("auth.project"),
            in.flag("auth.allow-anyone-from-network"),
            in.texts("auth.hosts", "a list of host names"));
    TrustedHeaders trustedHeaders = new TrustedHeaders(in.ranges("auth.trusted-proxies"));
    Duration cacheTime = in.duration("auth.keystone-cache-time", Duration.ZERO);
    Duration timeout = in.duration("auth.keystone-timeout", Duration.ofMillis(1));
    URI publicUrl = in.webUrlOrNull("auth.keystone-public-url");
    URI url = in.webUrlOrNull("auth.keystone-url");
    Secret password = in.secretOrNull("auth.keystone-password", "auth.keystone-password-file");
    String method = in.text("auth.method");
    return switch (method) {
      case "none" -> none;
      case "trusted-headers" -> trustedHeaders;
      case "keystone" ->
          new Keystone(
              given(in, "auth.keystone-url", url),
              publicUrl == null ? given(in, "auth.keystone-url", url) : publicUrl,
              in.text("auth.keystone-user"),
              in.text("auth.keystone-user-domain"),
              given(in, "auth.keystone-password", password),
              in.text("auth.keystone-project"),
              in.text("auth.keystone-project-domain"),
              cacheTime,
              timeout);
      default -> throw in.wrong("auth.method", method, "none, trusted-headers or keystone");
    };
  }

  private static <T> T given(SettingsReader in, String key, @Nullable T value) {
    if (value == null) {
      throw in.wrong(key, "", "a value: auth.method is 'keystone'");
    }
    return value;
  }
}
