package dev.vitrine.web;

import dev.vitrine.web.WebFailure.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which URLs may be read. What is denied is refused whatever allows it; of a list that names what
 * is allowed, and isn't empty, what it doesn't name is refused as well.
 *
 * @param schemes of {@code http} and {@code https}
 * @param hosts names or addresses as they stand in a URL; {@code *.example.org} stands for all
 *     below it. Any if empty
 * @param deniedHosts in the same form
 * @param ports any if empty
 * @param deniedPorts numbers
 * @param addresses what may be connected to besides public addresses; a cloud's metadata address
 *     only if it is named alone
 * @param deniedAddresses public ones that may not be connected to
 */
public record WebRules(
    Set<String> schemes,
    List<String> hosts,
    List<String> deniedHosts,
    Set<Integer> ports,
    Set<Integer> deniedPorts,
    List<AddressRange> addresses,
    List<AddressRange> deniedAddresses) {

  /** Browsers and C libraries read 127.1, 0x7f.1, 0177.0.0.1 and 2130706433 as addresses. */
  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");

  private static final Pattern FOUR_NUMBERS =
      Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  private static final int LAST_PORT = 65_535;

  public WebRules {
    schemes = Set.copyOf(schemes);
    hosts = hosts.stream().map(WebRules::canonical).toList();
    deniedHosts = deniedHosts.stream().map(WebRules::canonical).toList();
    ports = Set.copyOf(ports);
    deniedPorts = Set.copyOf(deniedPorts);
    addresses = List.copyOf(addresses);
    deniedAddresses = List.copyOf(deniedAddresses);
  }

  /** Public addresses on the ports that the reference allows: 80 and 443. */
  public static WebRules defaults() {
    return new WebRules(
        Set.of("http", "https"),
        List.of(),
        List.of(),
        Set.of(80, 443),
        Set.of(),
        List.of(),
        List.of());
  }

  /** The same with this machine itself and every port. */
  public WebRules withLoopback() {
    List<AddressRange> more =
        Stream.concat(addresses.stream(), AddressKind.LOOPBACK.ranges().stream()).toList();
    return new WebRules(schemes, hosts, deniedHosts, Set.of(), deniedPorts, more, deniedAddresses);
  }

  /**
   * Why the URL is refused, as far as it tells that itself and without looking its host up; empty
   * if it is not.
   *
   * @param display the URL without what may be secret
   */
  public Optional<String> refusal(URI url, String display) {
    try {
      require(url, display);
      return Optional.empty();
    } catch (WebFailure refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    }
  }

  /**
   * Requires that a request for the URL may be sent, as far as the URL itself tells.
   *
   * @param display the URL without what may be secret
   * @throws WebFailure if its scheme, host or port is not allowed, its port is none, or it names an
   *     address that isn't allowed
   */
  void require(URI url, String display) throws WebFailure {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!schemes.contains(scheme)) {
      throw refused(display, "its scheme '%s' is not allowed".formatted(scheme), "schemes");
    }
    if (url.getHost() == null) {
      throw new WebFailure(
          Reason.REFUSED, display + ": it names no host, or not as RFC 3986 writes one");
    }
    if (url.getRawUserInfo() != null) {
      throw new WebFailure(
          Reason.REFUSED, display + ": it has user information; credentials don't belong there");
    }
    requireHost(canonical(url.getHost()), display);
    int port = port(url);
    if (port < 1 || port > LAST_PORT) {
      throw new WebFailure(
          Reason.REFUSED,
          "%s: %d is no port; give one of 1 to %d".formatted(display, port, LAST_PORT));
    }
    if (deniedPorts.contains(port) || !(ports.isEmpty() || ports.contains(port))) {
      String list = deniedPorts.contains(port) ? "denied-ports" : "ports";
      throw refused(display, "its port %d is not allowed".formatted(port), list);
    }
  }

  private void requireHost(String host, String display) throws WebFailure {
    boolean number = host.indexOf(':') < 0 && NUMBER.matcher(host).matches();
    if (number && !FOUR_NUMBERS.matcher(host).matches()) {
      throw new WebFailure(
          Reason.REFUSED,
          "%s: '%s' is no host name; write an address as four decimal numbers"
              .formatted(display, host));
    }
    if (deniedHosts.stream().anyMatch(pattern -> matches(pattern, host))) {
      throw refused(display, "its host '%s' is not allowed".formatted(host), "denied-hosts");
    }
    if (!hosts.isEmpty() && hosts.stream().noneMatch(pattern -> matches(pattern, host))) {
      throw refused(display, "its host '%s' is not allowed".formatted(host), "hosts");
    }
  }

  /** Whether it may be connected to. */
  boolean allows(InetAddress address) {
    InetAddress meant = AddressKind.meant(address);
    if (contains(deniedAddresses, address) || contains(deniedAddresses, meant)) {
      return false;
    }
    return switch (AddressKind.of(address)) {
      case PUBLIC -> true;
      case METADATA ->
          addresses.stream()
              .anyMatch(
                  range ->
                      range.bits() == range.network().getAddress().length * Byte.SIZE
                          && (range.contains(address) || range.contains(meant)));
      case LOOPBACK, PRIVATE, LINK_LOCAL, SHARED, MULTICAST, UNSPECIFIED, RESERVED ->
          contains(addresses, address) || contains(addresses, meant);
    };
  }

  private static boolean contains(List<AddressRange> ranges, InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /** How it is refused to connect. */
  WebFailure refused(InetAddress address, String display) {
    AddressKind kind = AddressKind.of(address);
    return kind == AddressKind.PUBLIC
        ? refused(display, "its address is not allowed", "denied-addresses")
        : refused(display, "it leads to %s, which is not allowed".formatted(kind), "addresses");
  }

  private static WebFailure refused(String display, String what, String list) {
    return new WebFailure(
        Reason.REFUSED,
        "%s: %s; an operator can change the setting web-sources.%s".formatted(display, what, list));
  }

  private static int port(URI url) {
    return url.getPort() >= 0
        ? url.getPort()
        : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }

  /** Without what the same host may be written with: capitals, the root's dot, brackets. */
  private static String canonical(String host) {
    return host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "").replaceAll("[\\[\\]]", "");
  }

  private static boolean matches(String pattern, String host) {
    return pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern);
  }
}
