package dev.vitrine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

final class EtagTest {

  /** Of "a" and of "b", by {@code md5sum}; of both one after the other, by {@code xxd -r -p}. */
  private static final String A = "0cc175b9c0f1b6a831c399e269772661";

  private static final String B = "92eb5ffee6ae2fec3ad71c777531578f";
  private static final String BOTH = "96e024ba2074fe77e8e965ba43a704be-2";

  @Test
  void deniesOtherBytes() {
    assertThat(Etag.denies('"' + A + '"', null, HexFormat.of().parseHex(A))).isFalse();
    assertThat(Etag.denies('"' + A + '"', null, HexFormat.of().parseHex(B))).isTrue();
    assertThat(Etag.denies(A, ServerSideEncryption.AES256, HexFormat.of().parseHex(B))).isTrue();
  }

  @Test
  void deniesOtherParts() {
    assertThat(Etag.denies(BOTH, null, parts(A, B))).isFalse();
    assertThat(Etag.denies(BOTH, null, parts(B, A))).isTrue();
    assertThat(Etag.denies(BOTH, null, parts(A))).isTrue();
  }

  @Test
  void saysNothingByATagThatIsNoDigest() {
    byte[] md5 = HexFormat.of().parseHex(B);
    assertThat(Etag.denies("", null, md5)).isFalse();
    assertThat(Etag.denies("CPDyj7rT1IADEAE=", null, md5)).isFalse();
    assertThat(Etag.denies(A, ServerSideEncryption.AWS_KMS, md5)).isFalse();
    assertThat(Etag.denies("CPDyj7rT1IADEAE=", null, parts(A, B))).isFalse();
    assertThat(Etag.denies(BOTH, ServerSideEncryption.AWS_KMS, parts(A))).isFalse();
    assertThat(Etag.denies(BOTH, null, parts(A, "CPDyj7rT1IADEAE="))).isFalse();
  }

  private static List<StoredPart> parts(String... etags) {
    return IntStream.range(0, etags.length)
        .mapToObj(i -> new StoredPart(i + 1, 1, '"' + etags[i] + '"'))
        .toList();
  }
}
