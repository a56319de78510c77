package dev.vitrine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceArgumentTest {

  @ParameterizedTest
  @CsvSource({
    "https://host/a, https://host/a",
    "file:///a/b, file:///a/b",
    "/a/../b c, file:///b%20c"
  })
  void makesAnAbsoluteUrlOfAFileAndKeepsAUrl(String given, String url) {
    assertThat(SourceArgument.toUrl(given)).isEqualTo(url);
  }
}
