package dev.vitrine.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * How a server is reached, and by whom.
 *
 * @param publicEndpoint what clients reach it by, without a slash at the end; null for what their
 *     requests say
 * @param proxies whether the other end of a connection is a proxy that may say how it was called
 * @param neighbours null if any host and any page may call
 * @param cors null if no page of another origin may read anything
 */
public record InboundRules(
    @Nullable String publicEndpoint,
    Predicate<InetAddress> proxies,
    @Nullable AllowedHosts neighbours,
    @Nullable CorsPolicy cors) {

  /**
   * Scheme, host and port as the client knows them, {@code http://127.0.0.1:9292}.
   *
   * @throws HttpProblem 400 if a proxy says what nobody can be reached by
   */
  String origin(Request request) {
    if (publicEndpoint != null) {
      return publicEndpoint;
    }
    Forwarded forwarded =
        proxies.test(peer(request)) ? Forwarded.read(request.getHeaders()) : Forwarded.NOTHING;
    HttpURI uri = request.getHttpURI();
    String scheme = forwarded.proto();
    String host = forwarded.host();
    String authority = host == null ? uri.getAuthority() : host;
    return (scheme == null ? uri.getScheme() : scheme)
        + "://"
        // HTTP/1.0 has no Host header.
        + (authority == null
            ? Request.getServerName(request) + ":" + Request.getServerPort(request)
            : authority);
  }

  /**
   * Requires that the request may come in.
   *
   * @throws HttpProblem 421 or 403 if not
   */
  void requireWelcome(Request request) {
    if (neighbours != null) {
      neighbours.requireHost(request);
      neighbours.requireOrigin(request, origin(request), cors);
    }
  }

  /** The other end of the connection itself: what headers say has no part in it. */
  static InetAddress peer(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint().getRemoteSocketAddress()
            instanceof InetSocketAddress peer
        ? peer.getAddress()
        : InetAddress.getLoopbackAddress();
  }
}
