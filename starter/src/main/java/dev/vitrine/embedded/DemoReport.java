package dev.vitrine.embedded;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What was to happen and what did. */
public final class DemoReport {

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
  public boolean allRight() {
    return !rows.isEmpty() && rows.stream().allMatch(Row::right);
  }

  /** Prints a row for every outcome, and how many are wrong. */
  public void print(PrintWriter out) {
    out.println();
    line(out, "what", "expected", "got", "", "");
    for (Row row : rows) {
      line(out, row.what(), row.expected(), row.got(), row.right() ? "ok" : "WRONG", row.detail());
    }
    long wrong = rows.stream().filter(row -> !row.right()).count();
    out.println();
    out.println(
        wrong == 0
            ? "all %d outcomes are the right ones".formatted(rows.size())
            : "%d of %d outcomes are WRONG".formatted(wrong, rows.size()));
    out.flush();
  }

  private static void line(
      PrintWriter out, String what, String expected, String got, String verdict, String detail) {
    out.println(
        "%-32s %-15s %-15s %-6s %s"
            .formatted(what, expected, got, verdict, detail)
            .stripTrailing());
  }
}
