package dev.vitrine.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody in but who calls this machine by a name of its own. Where callers aren't asked who
 * they are, any page in a browser on this machine could call otherwise: by a form, or by a name
 * that is made to lead here (DNS rebinding). What sends no {@code Host} or {@code Origin} is no
 * page.
 */
public final class AllowedHosts {

  private static final int FORBIDDEN = 403;
  private static final int MISDIRECTED = 421;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  private static final Pattern LOOPBACK =
      Pattern.compile("(.+\\.)?localhost\\.?|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private static final Pattern JSON = Pattern.compile("application/(.+[+-])?json(-patch)?");

  private final Set<String> names;

  /**
   * @param names of this machine, besides those of its loopback interface
   */
  public AllowedHosts(Set<String> names) {
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  void requireHost(Request request) {
    String host = request.getHttpURI().getHost();
    if (host != null && !isOurs(host, request)) {
      throw new HttpProblem(
          MISDIRECTED,
          ("this is not '%s': without authentication, only who calls 127.0.0.1 or localhost is"
                  + " answered; the operator can name other hosts in auth.hosts")
              .formatted(host));
    }
  }

  private boolean isOurs(String host, Request request) {
    String name = host.toLowerCase(Locale.ROOT);
    return LOOPBACK.matcher(name).matches()
        || names.contains(name)
        // An address is no name that could be made to lead here.
        || name.equals(Request.getLocalAddr(request));
  }

  /**
   * Requires that no page of another origin is calling.
   *
   * @param own the server's, as the client knows it
   */
  void requireOrigin(Request request, String own, @Nullable CorsPolicy cors) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null || origin.equalsIgnoreCase(own) || (cors != null && cors.allows(origin))) {
      return;
    }
    throw new HttpProblem(
        FORBIDDEN,
        ("pages of the origin '%s' may not call: nobody is asked who calls here; the operator can"
                + " allow it in api.cors-allowed-origins")
            .formatted(origin));
  }

  /** A form in a page can send any text, but can't say that it is JSON. */
  void requireJson(Call call) {
    String type = call.mediaType().orElse("none");
    if (!JSON.matcher(type).matches()) {
      throw new HttpProblem(
          UNSUPPORTED_MEDIA_TYPE, "the media type is %s: give application/json".formatted(type));
    }
  }
}
