package dev.vitrine.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@code where} that is put together: terms that must all hold, and the values bound in them. */
final class Conditions {

  private final List<String> terms = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Keeps a value for the statement; returns what stands for it in the text. */
  String bind(Object value) {
    String name = "v" + values.size();
    values.put(name, value);
    return ":" + name;
  }

  void add(String term) {
    terms.add(term);
  }

  /** The text, also of no terms, to be followed by {@code and}. */
  String sql() {
    return terms.isEmpty() ? "1 = 1" : String.join(" and ", terms);
  }

  Map<String, Object> values() {
    return values;
  }
}
