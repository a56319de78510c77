package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.backend.Reply;
import dev.vitrine.terminal.Table;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OutputTest {

  private static final String EVIL = "a\nowner  mallory\u001B[2J\u202E";
  private static final String SAFE = "a\\nowner  mallory\\u001b[2J\\u202e";

  private final StringWriter out = new StringWriter();

  private Output output(boolean json) {
    return new Output(new PrintWriter(out, true), json);
  }

  @Test
  void showsNamesAndValuesInALineEach() {
    output(false).print(Reply.of("name", EVIL, "property " + EVIL, "x"));

    assertThat(out.toString().lines()).hasSize(2);
    assertThat(out.toString()).contains("  " + SAFE).contains("property " + SAFE + "  x");
    assertThat(out.toString().strip().codePoints())
        .noneMatch(c -> c != '\n' && c != '\r' && Character.isISOControl(c));
  }

  @Test
  void listsARowALine() {
    Table table = new Table(List.of("ID", "Name"), 1, Set.of()).row("1", EVIL);

    output(false).print(Map.of(), table, 200);

    assertThat(out.toString().lines()).hasSize(2).element(1).isEqualTo("1   " + SAFE);
  }

  @Test
  void givesJsonAsItIs() throws JsonProcessingException {
    output(true).print(Reply.of(Map.of("name", EVIL)));

    assertThat(new ObjectMapper().readTree(out.toString()).path("name").textValue())
        .isEqualTo(EVIL);
  }

  @Test
  void alignsWhatIsWide() {
    output(false).print(Reply.of("中文", 1, "name", 2));

    assertThat(out.toString().lines()).containsExactly("中文  1", "name  2");
  }

  @Test
  void reportsErrorsInOneLineAndInJsonAsTheyAre() throws JsonProcessingException {
    ErrorReport.print(new PrintWriter(out, true), false, "Conflict", EVIL);
    assertThat(out.toString().lines()).containsExactly("vitrine: " + SAFE);

    out.getBuffer().setLength(0);
    ErrorReport.print(new PrintWriter(out, true), true, "Conflict", EVIL);
    assertThat(new ObjectMapper().readTree(out.toString()).at("/error/message").textValue())
        .isEqualTo(EVIL);
  }
}
