package dev.vitrine.api;

import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values separated by commas; one with a comma in it stands in double quotes, and a double quote in
 * it then behind a backslash. Any other backslash is a character like all.
 */
final class QuotedList {

  private static final Pattern VALUE =
      Pattern.compile("\\G(?:\"((?:[^\"\\\\]|\\\\\"|\\\\(?!\"))*+)\"|([^,\"]*))(,|$)");

  private QuotedList() {}

  /**
   * The values, in their order.
   *
   * @throws Invalid if quotes don't match, or there is no value
   */
  static List<String> read(String name, String text) {
    List<String> values = new ArrayList<>();
    Matcher matcher = VALUE.matcher(text);
    int at = 0;
    while (matcher.find()) {
      String quoted = matcher.group(1);
      values.add(quoted == null ? matcher.group(2) : quoted.replace("\\\"", "\""));
      at = matcher.end();
      if (matcher.group(3).isEmpty()) {
        break;
      }
    }
    if (at < text.length() || text.isEmpty()) {
      throw new Invalid(
          "%s 'in:%s': give values separated by commas, with quotes around one that has a comma"
              .formatted(name, Excerpt.value(text)));
    }
    return values;
  }
}
