package dev.vitrine.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * What an address is for. Source: IANA's registries of special-purpose IPv4 and IPv6 addresses (RFC
 * 6890), and what clouds document of their metadata services. All but {@link #PUBLIC} lead, or may
 * lead, to what only this machine or its own network reaches.
 */
public enum AddressKind {
  /** A machine's instance metadata, with its credentials; also where that is no private address. */
  METADATA(
      "a cloud's metadata address",
      "169.254.169.254",
      "169.254.170.2",
      "100.100.100.200",
      "168.63.129.16",
      "192.0.0.192",
      "fd00:ec2::254",
      "fd20:ce::254",
      "fe80::a9fe:a9fe"),
  LOOPBACK("a loopback address", "127.0.0.0/8", "::1"),
  PRIVATE("a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
  LINK_LOCAL("a link-local address", "169.254.0.0/16", "fe80::/10"),
  /** Of carriers that share addresses, and of some clouds' and clusters' inner networks. */
  SHARED("a shared address (CGNAT)", "100.64.0.0/10"),
  MULTICAST("a multicast address", "224.0.0.0/4", "ff00::/8"),
  UNSPECIFIED("an unspecified address", "0.0.0.0/8", "::"),
  /** For documentation, tests, or the future; IPv6 is only public within 2000::/3. */
  RESERVED(
      "a reserved address",
      "192.0.0.0/24",
      "192.0.2.0/24",
      "192.88.99.0/24",
      "198.18.0.0/15",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "240.0.0.0/4",
      "2001::/23",
      "2001:db8::/32",
      "3fff::/20",
      "::/3",
      "4000::/2",
      "8000::/1"),
  PUBLIC("a public address");

  /**
   * IPv6 addresses that stand for IPv4 ones, each with the byte at which that begins. What is
   * mapped ({@code ::ffff:127.0.0.1}), Java reads as the IPv4 address itself.
   */
  private enum Embedding {
    COMPATIBLE("::/96", 12),
    TRANSLATED("::ffff:0:0:0/96", 12),
    NAT64("64:ff9b::/96", 12),
    SIX_TO_FOUR("2002::/16", 2);

    @SuppressWarnings("ImmutableEnumChecker") // It is; an InetAddress can't be changed.
    private final AddressRange range;

    private final int at;

    Embedding(String range, int at) {
      this.range = AddressRange.of(range);
      this.at = at;
    }
  }

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // A copy, of what can't be changed.
  private final List<AddressRange> ranges;

  AddressKind(String words, String... ranges) {
    this.words = words;
    this.ranges = List.of(ranges).stream().map(AddressRange::of).toList();
  }

  /** The first kind that it is of; an IPv6 address that stands for an IPv4 one is what that is. */
  public static AddressKind of(InetAddress address) {
    InetAddress meant = meant(address);
    for (AddressKind kind : values()) {
      if (kind.ranges.stream().anyMatch(range -> range.contains(meant))) {
        return kind;
      }
    }
    return PUBLIC;
  }

  /** The IPv4 address that an IPv6 address stands for, if it does; else itself. */
  static InetAddress meant(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Embedding embedding : Embedding.values()) {
      if (!embedding.range.contains(address) || bytes.length == 4) {
        continue;
      }
      byte[] inner = new byte[4];
      System.arraycopy(bytes, embedding.at, inner, 0, inner.length);
      // The unspecified and the loopback address are no IPv4 ones, though they look compatible.
      boolean own = embedding == Embedding.COMPATIBLE && inner[0] == 0 && inner[1] == 0;
      if (!own) {
        return v4(inner);
      }
    }
    return address;
  }

  private static InetAddress v4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /** Its addresses; none for {@link #PUBLIC}, which is what is left. */
  public List<AddressRange> ranges() {
    return ranges;
  }

  /** As in a sentence: {@code a loopback address}. */
  @Override
  public String toString() {
    return words;
  }
}
