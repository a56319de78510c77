package dev.vitrine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectShareTest {

  private static ApiSettings api(String method, String atOnce) {
    return Settings.load(
            null,
            Map.of(
                "VITRINE_AUTH_METHOD", method,
                "VITRINE_API_CONCURRENT_UPLOADS", atOnce,
                "VITRINE_API_CONCURRENT_DOWNLOADS", atOnce))
        .api();
  }

  @ParameterizedTest
  @CsvSource({"64, 32", "3, 2", "1, 1"})
  void isHalfWhereThereAreSeveral(String atOnce, int share) {
    assertThat(api("trusted-headers", atOnce).uploads().perProject()).isEqualTo(share);
    assertThat(api("trusted-headers", atOnce).downloads().perProject()).isEqualTo(share);
  }

  @Test
  void isAllWhereThereIsOne() {
    assertThat(api("none", "3").uploads().perProject()).isEqualTo(3);
    assertThat(api("none", "3").downloads().perProject()).isEqualTo(3);
  }
}
