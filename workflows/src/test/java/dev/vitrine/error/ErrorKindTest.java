package dev.vitrine.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ErrorKindTest {

  /**
   * Running workflows and scripts hold these words: none may change, whatever a class is called.
   */
  @Test
  void hasNamesThatStay() {
    assertThat(ErrorKind.values())
        .extracting(ErrorKind::wireName)
        .containsExactly(
            "NotFound",
            "Conflict",
            "KeyReused",
            "Forbidden",
            "Unauthenticated",
            "Invalid",
            "TooLarge",
            "DataMismatch",
            "FormatRefused",
            "SourceUnusable",
            "StorageFull",
            "Unavailable",
            "GaveUp");
  }

  @Test
  void isOneForEachError() {
    Stream<Class<?>> made =
        Arrays.stream(ErrorKind.values()).map(kind -> kind.error("x").getClass());

    assertThat(made).containsExactlyInAnyOrder(VitrineException.class.getPermittedSubclasses());
    for (ErrorKind kind : ErrorKind.values()) {
      assertThat(kind.error("x").kind()).isEqualTo(kind);
      assertThat(ErrorKind.of(kind.wireName())).contains(kind);
    }
  }

  @Test
  void knowsNoOther() {
    assertThat(ErrorKind.of(null)).isEmpty();
    assertThat(ErrorKind.of("java.io.IOException")).isEmpty();
    assertThat(Failures.ofKind("Newer", "m").kind()).isEqualTo(ErrorKind.CONFLICT);
  }
}
