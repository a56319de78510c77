package dev.vitrine.embedded;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What was to happen and what did. */
final class DemoReport {

  private record Row(String what, String expected, String got, String detail) {
    boolean right() {
      return expected.equals(got);
    }
  }

  private final List<Row> rows = new ArrayList<>();

  void add(String what, Object expected, Object got, String detail) {
    rows.add(new Row(what, expected.toString(), got.toString(), detail));
  }

  /** Whether every outcome was the right one. */
  boolean allRight() {
    return !rows.isEmpty() && rows.stream().allMatch(Row::right);
  }

  void print(PrintWriter out) {
    out.println();
    out.printf("%-44s %-16s %-16s %-5s %s%n", "what", "expected", "got", "", "");
    for (Row row : rows) {
      out.printf(
          "%-44s %-16s %-16s %-5s %s%n",
          row.what(), row.expected(), row.got(), row.right() ? "ok" : "WRONG", row.detail());
    }
    out.flush();
  }
}
