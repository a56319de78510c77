package dev.vitrine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UploadTest {

  private static final String KEY = "image/location";

  @Test
  void isToldToASuccessor() {
    Upload upload = new Upload(KEY, PartPlan.of(8L << 20, 1L << 40), "an id: anything/in+it");

    assertThat(Upload.of(KEY, upload.token())).contains(upload);
  }

  @Test
  void isOfItsKeyAlone() {
    Upload upload = new Upload(KEY, PartPlan.of(8L << 20, null), "id");

    assertThat(Upload.of("image/another", upload.token())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1:2:image/location:", "x:1:image/location:id", "1:2::id"})
  void isNoOtherText(String text) {
    assertThat(Upload.of(KEY, text)).isEmpty();
  }
}
