package dev.vitrine.api;

import dev.vitrine.http.Call;
import dev.vitrine.http.HttpProblem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * On which conditions a client wants data. Source: RFC 9110, section 13. Data has no modification
 * date here, so that conditions on one are passed over, and a range on one is the whole.
 *
 * @param tag the data's entity tag, a strong one; null if it has none
 */
record Preconditions(Call call, @Nullable String tag) {

  private static final int PRECONDITION_FAILED = 412;

  /** One tag of a list, or none between two commas, and what ends it. */
  private static final Pattern TAG =
      Pattern.compile("\\G[ \\t]*((?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")?[ \\t]*(,|$)");

  /**
   * Requires what {@code If-Match} does.
   *
   * @throws HttpProblem 412 if the data is another
   */
  void requireMatch() {
    String wanted = call.header("If-Match").orElse(null);
    if (wanted != null && !isAmong(wanted, false)) {
      throw new HttpProblem(
          PRECONDITION_FAILED,
          "If-Match '%s': the data's entity tag is %s"
              .formatted(wanted, tag == null ? "none" : tag));
    }
  }

  /** Whether the client has the data, by {@code If-None-Match}. */
  boolean isKnown() {
    return call.header("If-None-Match").map(known -> isAmong(known, true)).orElse(false);
  }

  /** Whether a range may be taken of this data, by {@code If-Range}. */
  boolean allowRange() {
    return call.header("If-Range").map(wanted -> wanted.equals(tag)).orElse(true);
  }

  private boolean isAmong(String list, boolean weakly) {
    if (list.equals("*")) {
      return true;
    }
    boolean found = false;
    Matcher matcher = TAG.matcher(list);
    while (matcher.find()) {
      String one = matcher.group(1);
      if (one != null) {
        found |= (weakly && one.startsWith("W/") ? one.substring(2) : one).equals(tag);
      }
      if (matcher.group(2).isEmpty()) {
        return found;
      }
    }
    // It is no list of tags, and so has none of ours.
    return false;
  }
}
