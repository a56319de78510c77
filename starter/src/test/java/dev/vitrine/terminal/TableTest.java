package dev.vitrine.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableTest {

  private final Table table = new Table(List.of("Id", "Name", "Size"), 1, Set.of(2));

  @Test
  void alignsColumnsAndLeavesNoTrailingSpace() {
    table.row("1", "a long name", "10 B").row("22", null, "1.0 KiB").row("3", "x", null);

    assertThat(table.lines(80))
        .containsExactly(
            "ID  NAME            SIZE",
            "1   a long name     10 B",
            "22               1.0 KiB",
            "3   x");
  }

  @Test
  void cutsOneColumnToTheWidthOfTheTerminal() {
    table.row("1", "a name that is long", "10 B");

    assertThat(table.lines(20)).containsExactly("ID  NAME        SIZE", "1   a name th…  10 B");
    assertThat(table.lines(25)).allMatch(line -> line.length() <= 25);
  }

  @Test
  void cutsNothingBelowWhatCanBeRead() {
    table.row("1", "a name that is long", "10 B");

    assertThat(table.lines(3)).containsExactly("ID  NAME      SIZE", "1   a name …  10 B");
  }

  @Test
  void cutsBetweenCharactersAndNotWithin() {
    table.row("1", "😀😀😀😀😀😀😀😀😀😀", "");

    assertThat(table.lines(18)).element(1).isEqualTo("1   😀😀😀…");
  }
}
