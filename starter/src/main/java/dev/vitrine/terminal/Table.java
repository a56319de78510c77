package dev.vitrine.terminal;

import dev.vitrine.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows under titles. If they are wider than the terminal, the one column that can be cut is; ids
 * and numbers never are.
 */
public final class Table {

  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  private final List<String> titles;
  private final int cuttable;
  private final Set<Integer> numbers;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param cuttable the index of the column that is cut if need be
   * @param numbers the indexes of the columns that are aligned to the right
   */
  public Table(List<String> titles, int cuttable, Set<Integer> numbers) {
    this.titles = List.copyOf(titles);
    this.cuttable = cuttable;
    this.numbers = Set.copyOf(numbers);
  }

  /** Adds a row; null is an empty cell. */
  public Table row(@Nullable Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell == null ? "" : Printable.escape(cell.toString()));
    }
    rows.add(row);
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * The lines of the table.
   *
   * @param width of the terminal, in columns
   */
  public List<String> lines(int width) {
    int[] widths = widths(width);
    List<String> lines = new ArrayList<>();
    lines.add(line(titles.stream().map(String::toUpperCase).toList(), widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private int[] widths(int width) {
    int[] widths =
        IntStream.range(0, titles.size())
            .map(
                column ->
                    Math.max(
                        TextWidth.of(titles.get(column)),
                        rows.stream()
                            .mapToInt(row -> TextWidth.of(row.get(column)))
                            .max()
                            .orElse(0)))
            .toArray();
    int all = IntStream.of(widths).sum() + GAP.length() * (titles.size() - 1);
    if (all > width) {
      widths[cuttable] =
          Math.max(Math.min(NARROWEST, widths[cuttable]), widths[cuttable] - (all - width));
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = TextWidth.cut(cells.get(column), widths[column]);
      String room = " ".repeat(widths[column] - TextWidth.of(cell));
      line.append(column == 0 ? "" : GAP);
      line.append(numbers.contains(column) ? room + cell : cell + room);
    }
    return line.toString().stripTrailing();
  }
}
