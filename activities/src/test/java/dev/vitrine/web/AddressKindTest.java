package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressKindTest {

  /** Each row's addresses lie at the ends of what IANA's registry gives to the kind. */
  @ParameterizedTest
  @CsvSource({
    "LOOPBACK,    127.0.0.0 127.0.0.1 127.255.255.255 ::1",
    "PRIVATE,     10.0.0.0 10.255.255.255 172.16.0.0 172.31.255.255 192.168.0.0 192.168.255.255",
    "PRIVATE,     fc00:: fdff:ffff::1",
    "LINK_LOCAL,  169.254.0.0 169.254.255.255 fe80::1 febf::1",
    "METADATA,    169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 192.0.0.192",
    "METADATA,    fd00:ec2::254 fd20:ce::254 fe80::a9fe:a9fe",
    "SHARED,      100.64.0.0 100.127.255.255",
    "MULTICAST,   224.0.0.1 239.255.255.255 ff02::1",
    "UNSPECIFIED, 0.0.0.0 0.1.2.3 ::",
    "RESERVED,    192.0.0.1 192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255 198.51.100.1",
    "RESERVED,    203.0.113.1 240.0.0.1 255.255.255.255",
    "RESERVED,    100::1 64:ff9b:1::1 2001::1 2001:2::1 2001:db8::1 3fff::1 5f00::1 fec0::1",
    "PUBLIC,      1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255",
    "PUBLIC,      128.0.0.0 169.253.255.255 172.15.255.255 172.32.0.0 192.167.255.255"
        + " 223.255.255.1",
    "PUBLIC,      2606:4700::1111 2a00:1450::1 2001:4860:4860::8888",
  })
  void knowsWhatAnAddressIsFor(AddressKind kind, String addresses) throws UnknownHostException {
    for (String address : addresses.split(" ")) {
      assertThat(AddressKind.of(InetAddress.getByName(address))).as(address).isEqualTo(kind);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "::ffff:127.0.0.1,           LOOPBACK", // mapped
    "::ffff:7f00:1,              LOOPBACK",
    "::127.0.0.1,                LOOPBACK", // compatible
    "::10.1.2.3,                 PRIVATE",
    "::ffff:0:169.254.169.254,   METADATA", // translated, RFC 2765
    "64:ff9b::127.0.0.1,         LOOPBACK", // NAT64, RFC 6052
    "64:ff9b::a9fe:a9fe,         METADATA",
    "64:ff9b::1.1.1.1,           PUBLIC",
    "2002:7f00:1::,              LOOPBACK", // 6to4, RFC 3056
    "2002:a00:1::1,              PRIVATE",
    "2002:101:101::1,            PUBLIC",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2, RESERVED", // Teredo
  })
  void looksThroughTranslations(String address, AddressKind kind) throws UnknownHostException {
    assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
  }
}
