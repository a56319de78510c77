package dev.vitrine.web;

import dev.vitrine.error.VitrineException.Invalid;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, as CIDR writes them: {@code 10.1.0.0/16}, {@code
 * fd00::/8}, or one address. Names are not looked up.
 *
 * @param network its other bits are zero
 * @param bits how many of them count, from 0 to 32 or 128
 */
public record AddressRange(InetAddress network, int bits) {

  public static final String FORM =
      "an address or a range, such as 10.1.2.3, 10.1.0.0/16 or fd00::/8";

  private static final Pattern CIDR =
      Pattern.compile("([0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(/(\\d{1,3}))?");
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  public AddressRange {
    byte[] address = network.getAddress();
    if (bits < 0 || bits > address.length * Byte.SIZE) {
      throw new Invalid(
          "%s/%d: a range has 0 to %d bits"
              .formatted(network.getHostAddress(), bits, address.length * Byte.SIZE));
    }
    for (int bit = bits; bit < address.length * Byte.SIZE; bit++) {
      if (isSet(address, bit)) {
        throw new Invalid(
            "%s/%d: the address has bits beyond the range: write its first address"
                .formatted(network.getHostAddress(), bits));
      }
    }
  }

  /**
   * Reads one.
   *
   * @throws Invalid if it is none
   */
  public static AddressRange of(String text) {
    Matcher cidr = CIDR.matcher(text);
    if (!cidr.matches() || (text.indexOf(':') < 0 && !V4.matcher(cidr.group(1)).matches())) {
      throw new Invalid("'%s' is neither an address nor a range".formatted(text));
    }
    InetAddress network;
    try {
      network = InetAddress.getByName(cidr.group(1));
    } catch (UnknownHostException e) {
      throw new Invalid("'%s' is neither an address nor a range".formatted(text));
    }
    int all = network.getAddress().length * Byte.SIZE;
    return new AddressRange(network, cidr.group(3) == null ? all : Integer.parseInt(cidr.group(3)));
  }

  /** Whether the address is one of them. An IPv4 address is in no IPv6 range, nor the reverse. */
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (isSet(ours, bit) != isSet(theirs, bit)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a proxy at that address is trusted.
   *
   * @param proxies if empty, any process of this machine
   */
  public static boolean trusts(List<AddressRange> proxies, InetAddress address) {
    return proxies.isEmpty()
        ? address.isLoopbackAddress()
        : proxies.stream().anyMatch(range -> range.contains(address));
  }

  private static boolean isSet(byte[] address, int bit) {
    return (address[bit / Byte.SIZE] & (0x80 >> (bit % Byte.SIZE))) != 0;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + bits;
  }
}
