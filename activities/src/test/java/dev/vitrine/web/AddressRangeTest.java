package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,     10.1.2.3,         true",
    "10.1.2.3,     10.1.2.4,         false",
    "10.0.0.0/8,   10.255.255.255,   true",
    "10.0.0.0/8,   11.0.0.0,         false",
    "10.1.128.0/17, 10.1.128.0,      true",
    "10.1.128.0/17, 10.1.127.255,    false",
    "0.0.0.0/0,    203.0.113.7,      true",
    "0.0.0.0/0,    ::1,              false",
    "::/0,         ::1,              true",
    "::/0,         10.0.0.1,         false",
    "fd00::/8,     fdff::1,          true",
    "fd00::/8,     fe00::1,          false",
    "2001:db8::1,  2001:db8:0:0::1,  true",
  })
  void containsWhatBeginsAlike(String range, String address, boolean contained)
      throws UnknownHostException {
    assertThat(AddressRange.of(range).contains(InetAddress.getByName(address)))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "example.org/8",
        "10.1",
        "10",
        "10.0.0.256",
        "10.0.0.0/33",
        "fd00::/129",
        "10.0.0.1/8",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.0/99999",
        "fe80::1%eth0",
        ":::",
        "fd0g::"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> AddressRange.of(text)).isInstanceOf(Invalid.class);
  }
}
