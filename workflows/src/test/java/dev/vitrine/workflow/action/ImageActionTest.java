package dev.vitrine.workflow.action;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.workflow.TestStack;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageActionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://example.org/x",
        "not a url",
        "http://u:p@example.org/x"
      })
  void refusesALocationBeforeItReachesAHistory(String url) {
    UUID id = UUID.randomUUID();

    assertThatThrownBy(() -> new ImageAction.AddLocation(id, url, TestStack.ALICE))
        .isInstanceOf(Invalid.class);
  }
}
