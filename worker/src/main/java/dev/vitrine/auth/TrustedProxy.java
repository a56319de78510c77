package dev.vitrine.auth;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.text.Printable;
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
    if (!AddressRange.trusts(proxies, peer)) {
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
    List<String> roles = roles(request.header("X-Roles").orElse(""));
    return new Caller(
        requester(request, user, roles),
        roles,
        request.header("X-User-Name").orElse(null),
        request.header("X-Project-Name").orElse(null),
        null);
  }

  private static Requester requester(RequestHead request, String user, List<String> roles) {
    Optional<String> project =
        request.header("X-Project-Id").or(() -> request.header("X-Tenant-Id"));
    Optional<String> system = request.header("OpenStack-System-Scope");
    if (project.isPresent() && system.isPresent()) {
      throw new Unauthenticated(
          "the proxy names a project and OpenStack-System-Scope; a token is for one of them, and"
              + " the proxy has to remove what its own callers send");
    }
    if (system.isEmpty()) {
      return Caller.requester(user, project.orElseThrow(() -> forNoProject(user)), roles);
    }
    if (!system.get().equalsIgnoreCase("all")) {
      throw new Forbidden(
          "user %s: OpenStack-System-Scope is '%s', and only 'all' means something"
              .formatted(Printable.escape(user), Printable.escape(system.get())));
    }
    return Caller.requesterOfSystem(user, roles);
  }

  private static Forbidden forNoProject(String user) {
    return new Forbidden(
        "user %s: the token is for no project; get one for a project, or for the system"
            .formatted(Printable.escape(user)));
  }

  private static List<String> roles(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).filter(r -> !r.isEmpty()).toList();
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of("Proxy realm=\"vitrine\"");
  }
}
