package dev.vitrine.config;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.web.AddressKind;
import dev.vitrine.web.AddressRange;
import dev.vitrine.web.WebRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads which web sources may be read. */
final class WebRulesReader {

  /** Those that somebody may have a reason to allow, by the names that operators write. */
  private static final Map<String, AddressKind> KINDS =
      Map.of(
          "loopback", AddressKind.LOOPBACK,
          "private", AddressKind.PRIVATE,
          "link-local", AddressKind.LINK_LOCAL,
          "shared", AddressKind.SHARED);

  private static final String ADDRESS_FORM =
      AddressRange.FORM + ", or one of link-local, loopback, private, shared";

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Pattern HOST = Pattern.compile("(\\*\\.)?[\\w.:\\[\\]-]+");
  private static final int LAST_PORT = 65_535;

  private final SettingsReader in;

  WebRulesReader(SettingsReader in) {
    this.in = in;
  }

  WebRules read() {
    return new WebRules(
        schemes("web-sources.schemes"),
        hosts("web-sources.hosts"),
        hosts("web-sources.denied-hosts"),
        ports("web-sources.ports"),
        ports("web-sources.denied-ports"),
        addresses("web-sources.addresses"),
        addresses("web-sources.denied-addresses"));
  }

  private Set<String> schemes(String key) {
    Set<String> schemes = new LinkedHashSet<>();
    for (String text : in.list(key, ",", "a list of http and https")) {
      if (!SCHEMES.contains(text)) {
        throw in.wrong(key, text, "http, https or both");
      }
      schemes.add(text);
    }
    return schemes;
  }

  private List<String> hosts(String key) {
    String accepted = "host names, such as images.example.org or *.example.org for all below it";
    List<String> hosts = in.list(key, ",", accepted);
    for (String host : hosts) {
      if (!HOST.matcher(host).matches()) {
        throw in.wrong(key, host, accepted);
      }
    }
    return hosts;
  }

  private Set<Integer> ports(String key) {
    String accepted = "port numbers from 1 to " + LAST_PORT;
    Set<Integer> ports = new LinkedHashSet<>();
    for (String text : in.list(key, ",", accepted)) {
      if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > LAST_PORT || text.equals("0")) {
        throw in.wrong(key, text, accepted);
      }
      ports.add(Integer.valueOf(text));
    }
    return ports;
  }

  /** Addresses, ranges, and kinds of them by their names. */
  List<AddressRange> addresses(String key) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : in.list(key, ",", "a list of addresses and ranges")) {
      AddressKind kind = KINDS.get(text);
      if (kind != null) {
        ranges.addAll(kind.ranges());
        continue;
      }
      try {
        ranges.add(AddressRange.of(text));
      } catch (Invalid e) {
        throw in.wrong(key, text, ADDRESS_FORM);
      }
    }
    return ranges;
  }
}
