package dev.vitrine.auth;

import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.web.AddressRange;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Believes what a proxy says in headers, if the connection comes from one. Source of the headers:
 * Keystone's middleware, which sends them to the services behind it.
 */
final class TrustedProxy implements Authenticator {

  private final List<AddressRange> proxies;

  /**
   * A proxy at one of those addresses.
   *
   * @param proxies if empty, any process of this machine
   */
  TrustedProxy(List<AddressRange> proxies) {
    this.proxies = List.copyOf(proxies);
  }

  @Override
  public Caller authenticate(RequestHead request) {
    InetAddress peer = request.peer();
    if (!isTrusted(peer)) {
      throw new Unauthenticated(
          "%s is no proxy that may say who is calling; go through one"
              .formatted(peer.getHostAddress()));
    }
    String status = request.header("X-Identity-Status").orElse("");
    if (!status.equals("Confirmed")) {
      throw new Unauthenticated(
          "the proxy did not confirm who is calling: X-Identity-Status is '%s'".formatted(status));
    }
    String user =
        request
            .header("X-User-Id")
            .orElseThrow(
                () ->
                    new Unauthenticated(
                        "the proxy did not say who is calling: X-User-Id is missing"));
    String project =
        request
            .header("X-Project-Id")
            .or(() -> request.header("X-Tenant-Id"))
            .orElseThrow(
                () ->
                    new Forbidden(
                        "user %s: the token is for no project; get one for a project"
                            .formatted(user)));
    List<String> roles = roles(request.header("X-Roles").orElse(""));
    return new Caller(
        Caller.requester(user, project, roles),
        roles,
        request.header("X-User-Name").orElse(null),
        request.header("X-Project-Name").orElse(null),
        null);
  }

  private boolean isTrusted(InetAddress peer) {
    return proxies.isEmpty()
        ? peer.isLoopbackAddress()
        : proxies.stream().anyMatch(range -> range.contains(peer));
  }

  private static List<String> roles(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).filter(r -> !r.isEmpty()).toList();
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of("Proxy realm=\"vitrine\"");
  }
}
