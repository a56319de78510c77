package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.web.WebFailure.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebRulesTest {

  private static final WebRules DEFAULTS = WebRules.defaults();

  private static WebRules rules(
      List<String> hosts, List<String> deniedHosts, Set<Integer> ports, Set<Integer> deniedPorts) {
    return new WebRules(
        Set.of("http", "https"), hosts, deniedHosts, ports, deniedPorts, List.of(), List.of());
  }

  private static WebRules addresses(List<String> allowed, List<String> denied) {
    return new WebRules(
        Set.of("http", "https"),
        List.of(),
        List.of(),
        Set.of(),
        Set.of(),
        allowed.stream().map(AddressRange::of).toList(),
        denied.stream().map(AddressRange::of).toList());
  }

  private static void assertRefused(WebRules rules, String url, String because) {
    assertThatThrownBy(() -> rules.require(URI.create(url), "the URL"))
        .isInstanceOfSatisfying(
            WebFailure.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
        .hasMessageStartingWith("the URL: ")
        .hasMessageContaining(because);
  }

  private static void assertAllowed(WebRules rules, String url) {
    assertThatCode(() -> rules.require(URI.create(url), "the URL")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/a",
        "HTTPS://EXAMPLE.ORG:443/a",
        "http://8.8.8.8/",
        "https://[2606:4700::1111]/",
        "http://1.example.org/"
      })
  void allowsWhatIsOnTheWeb(String url) {
    assertAllowed(DEFAULTS, url);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://example.org/a,       scheme 'ftp'",
    "file:///etc/passwd,        scheme 'file'",
    "gopher://example.org/1,    scheme 'gopher'",
    "http://user@example.org/,  user information",
    "http://example.org:22/,    port 22",
    "https://example.org:8233/, port 8233",
  })
  void refusesByTheUrl(String url, String because) {
    assertRefused(DEFAULTS, url, because);
  }

  /** A socket's address can't be made of them, whatever ports are allowed. */
  @ParameterizedTest
  @ValueSource(ints = {0, 65_536, 99_999, Integer.MAX_VALUE})
  void refusesWhatIsNoPort(int port) {
    assertRefused(DEFAULTS.withLoopback(), "http://127.0.0.1:" + port + "/", port + " is no port");
  }

  @Test
  void takesTheLastPort() {
    assertAllowed(DEFAULTS.withLoopback(), "http://127.0.0.1:65535/");
  }

  /** Forms of 127.0.0.1 that other programs read: decimal, hexadecimal, octal, short, mixed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.01/",
        "http://127.0.0.0x1/",
        "http://256.0.0.1/",
        "http://1.2.3.4.5/",
        "http://%31%32%37.0.0.1/",
        "http://127。0。0。1/"
      })
  void refusesAddressesThatAreNotWrittenAsFourNumbers(String url) {
    for (WebRules rules : List.of(DEFAULTS, DEFAULTS.withLoopback())) {
      assertThatThrownBy(() -> rules.require(URI.create(url), "the URL"))
          .isInstanceOf(WebFailure.class)
          .hasMessageContaining("host");
    }
  }

  @Test
  void takesOnlyHostsThatAreNamed() {
    WebRules named = rules(List.of("a.example.org", "*.b.example"), List.of(), Set.of(), Set.of());
    assertAllowed(named, "http://A.example.org./x");
    assertAllowed(named, "http://x.b.example/");
    assertRefused(named, "http://b.example/", "host 'b.example'");
    assertRefused(named, "http://evila.example.org/", "web-sources.hosts");
    assertRefused(named, "http://a.example.org.evil.org/", "host");
  }

  @Test
  void deniesWhateverAllowsIt() {
    WebRules both =
        rules(List.of("*.example.org"), List.of("Old.example.org"), Set.of(80, 81), Set.of(81));
    assertAllowed(both, "http://new.example.org/");
    assertRefused(both, "http://OLD.example.org./", "web-sources.denied-hosts");
    assertRefused(both, "http://new.example.org:81/", "web-sources.denied-ports");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,        10.1.0.0/16,        true",
    "10.2.0.1,        10.1.0.0/16,        false",
    "::ffff:10.1.2.3, 10.1.0.0/16,        true",
    "64:ff9b::a01:203, 10.1.0.0/16,       true",
    "127.0.0.1,       127.0.0.0/8,        true",
    "8.8.8.8,         127.0.0.0/8,        true",
    "169.254.169.254, 169.254.0.0/16,     false",
    "169.254.169.254, 169.254.169.254,    true",
    "64:ff9b::a9fe:a9fe, 169.254.0.0/16,  false",
    "fd00:ec2::254,   fc00::/7,           false",
  })
  void connectsBesidesPublicAddressesToWhatIsAllowed(String address, String range, boolean allowed)
      throws UnknownHostException {
    assertThat(addresses(List.of(range), List.of()).allows(InetAddress.getByName(address)))
        .isEqualTo(allowed);
  }

  @Test
  void deniesPublicAddresses() throws UnknownHostException {
    WebRules rules = addresses(List.of("10.0.0.0/8"), List.of("8.8.8.0/24", "10.1.0.0/16"));
    assertThat(rules.allows(InetAddress.getByName("8.8.8.8"))).isFalse();
    assertThat(rules.allows(InetAddress.getByName("64:ff9b::808:808"))).isFalse();
    assertThat(rules.allows(InetAddress.getByName("10.1.0.1"))).isFalse();
    assertThat(rules.allows(InetAddress.getByName("10.2.0.1"))).isTrue();
  }
}
