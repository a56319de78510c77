package dev.vitrine.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * How a proxy was called. Source: RFC 7239, and before it {@code X-Forwarded-Proto} and {@code
 * X-Forwarded-Host}. Of several proxies the first one counts: it is the one that the client called.
 *
 * @param proto http or https; null if it doesn't say
 * @param host with its port if there is one; null if it doesn't say
 */
record Forwarded(@Nullable String proto, @Nullable String host) {

  static final Forwarded NOTHING = new Forwarded(null, null);

  private static final int BAD_REQUEST = 400;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /**
   * A pair, or none where a proxy left one out, and what ends it. Alternatives repeat without going
   * back ({@code *+}): going back costs a part of the stack each time, and a header is longer.
   */
  private static final Pattern PAIR =
      Pattern.compile(
          "\\G[ \\t]*(?:(%1$s)=(?:(%1$s)|\"((?:[^\"\\\\]|\\\\.)*+)\"))?[ \\t]*([;,]|$)"
              .formatted(TOKEN));

  /** Source: RFC 9110, section 7.2, and RFC 3986, section 3.2.2. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:\\[[0-9A-Fa-f:.]+]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})++)(?::[0-9]{0,5})?");

  /**
   * What the headers say.
   *
   * @throws HttpProblem 400 if that is no scheme or no host
   */
  static Forwarded read(HttpFields headers) {
    List<String> standard = headers.getValuesList("Forwarded");
    Map<String, String> first = standard.isEmpty() ? Map.of() : firstElement(standard.get(0));
    String proto = first.get("proto");
    String host = first.get("host");
    return new Forwarded(
        scheme(proto == null ? firstOf(headers, "X-Forwarded-Proto") : proto),
        host(host == null ? firstOf(headers, "X-Forwarded-Host") : host));
  }

  private static Map<String, String> firstElement(String header) {
    Map<String, String> element = new HashMap<>();
    Matcher pair = PAIR.matcher(header);
    while (pair.find()) {
      if (pair.group(1) != null) {
        String quoted = pair.group(3);
        String value = quoted == null ? pair.group(2) : quoted.replaceAll("\\\\(.)", "$1");
        if (element.put(pair.group(1).toLowerCase(Locale.ROOT), value) != null) {
          throw wrong("Forwarded", header, "each parameter once");
        }
      }
      if (pair.group(4).isEmpty() || (pair.group(4).equals(",") && !element.isEmpty())) {
        return element;
      }
    }
    throw wrong("Forwarded", header, "pairs such as proto=https;host=images.example.org");
  }

  private static @Nullable String firstOf(HttpFields headers, String name) {
    String value = headers.get(name);
    return value == null ? null : value.split(",", 2)[0].strip();
  }

  private static @Nullable String scheme(@Nullable String given) {
    if (given == null) {
      return null;
    }
    String scheme = given.toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw wrong("the forwarded scheme", given, "http or https");
    }
    return scheme;
  }

  private static @Nullable String host(@Nullable String given) {
    if (given != null && !HOST.matcher(given).matches()) {
      throw wrong("the forwarded host", given, "a host, with a port if need be");
    }
    return given;
  }

  private static HttpProblem wrong(String what, String value, String accepted) {
    return new HttpProblem(BAD_REQUEST, "%s is '%s': give %s".formatted(what, value, accepted));
  }
}
