package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.VitrineException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

  @Test
  void everyKindOfErrorHasItsCode() {
    Map<String, Integer> codes =
        Arrays.stream(VitrineException.class.getPermittedSubclasses())
            .collect(
                Collectors.toMap(Class::getSimpleName, kind -> ExitCode.of(make(kind)).code()));

    assertThat(codes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("Invalid", 2),
                Map.entry("KeyReused", 2),
                Map.entry("NotFound", 3),
                Map.entry("Conflict", 4),
                Map.entry("Forbidden", 5),
                Map.entry("Unauthenticated", 5),
                Map.entry("TooLarge", 6),
                Map.entry("DataMismatch", 6),
                Map.entry("FormatRefused", 6),
                Map.entry("SourceUnusable", 6),
                Map.entry("StorageFull", 6),
                Map.entry("GaveUp", 6),
                Map.entry("Unavailable", 7)));
  }

  @Test
  void whateverElseIsThrownIsUnexpected() {
    assertThat(ExitCode.of(new IllegalStateException("x"))).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(ExitCode.UNEXPECTED.code()).isEqualTo(1);
  }

  private static Throwable make(Class<?> kind) {
    try {
      return (Throwable) kind.getConstructor(String.class).newInstance("x");
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("not constructible", e);
    }
  }
}
