package dev.vitrine.database;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@code where} that is put together: terms that must all hold, and the values bound in them. */
public final class Conditions {

  private final List<String> terms = new ArrayList<>();
  private final Map<String, Object> values;

  /** Without a term. */
  public Conditions() {
    this(new LinkedHashMap<>());
  }

  private Conditions(Map<String, Object> values) {
    this.values = values;
  }

  /** Of another part of the same statement, which has its own terms and the same values. */
  public Conditions ofAnotherPart() {
    return new Conditions(values);
  }

  /** Keeps a value for the statement; returns what stands for it in the text. */
  public String bind(Object value) {
    String name = "v" + values.size();
    values.put(name, value);
    return ":" + name;
  }

  /** Adds a term that must hold, too. */
  public void add(String term) {
    terms.add(term);
  }

  /** The text, also of no terms, to be followed by {@code and}. */
  public String sql() {
    return terms.isEmpty() ? "1 = 1" : String.join(" and ", terms);
  }

  /** What was bound, by the names that stand for it. */
  public Map<String, Object> values() {
    return values;
  }
}
