package dev.vitrine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportDestinationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///exports/image.raw",
        "file:/exports/image.raw",
        "FILE:///exports/my%20image%20%C3%A9.raw",
        "file:///exports/画像.raw",
        "file:///exports/100%25.raw",
        "s3://exports/image.raw",
        "S3://exports/a/b/my%20image%20%C3%A9.raw"
      })
  void takesNamesThatCanBeRead(String destination) {
    assertThatCode(() -> ExportDestination.require(destination)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "file:///exports/a%00b, U+0000",
    "file:///exports/a%0Ab, U+000A",
    "file:///exports/a%1B%5B2Jb, U+001B",
    "file:///exports/a%7Fb, U+007F",
    "file:///exports/a%C2%85b, U+0085",
    "file:///exports/a%E2%80%AEwar.exe, U+202E", // right-to-left override
    "file:///exports/a%E2%81%A6b, U+2066", // isolate
    "file:///exports/a%E2%80%8Bb, U+200B", // no width
    "file:///exports/a%EF%BB%BFb, U+FEFF",
    "file:///exports/a%E2%80%A8b, U+2028",
    "file:///exports/a%FFb, U+FFFD", // no UTF-8
    "file:///exp%0Aorts/b, U+000A",
    "file:///exports/a%EE%80%80b, U+E000",
  })
  void refusesNamesThatCannot(String destination, String character) {
    assertThatThrownBy(() -> ExportDestination.require(destination))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(character)
        .hasMessageContaining(destination);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///exports/a\nb", "file:///exports/a\u202eb", "a\u0000b"})
  void quotesNothingThatCannotBeRead(String destination) {
    assertThatThrownBy(() -> ExportDestination.require(destination))
        .isInstanceOf(Invalid.class)
        .message()
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
        .contains("\\");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///exports/",
        "file:///exports/..",
        "file:///exports/.",
        "file:exports/a",
        "https://h/a",
        "/exports/a",
        "file:///exports/a?b",
        "file:///exports/a#b",
        "s3://exports",
        "s3://exports/",
        "s3://exports/a/",
        "s3://exports/a//b",
        "s3://exports/../b",
        "s3://exports/a/%2E%2E/b",
        "s3:///a",
        "s3:exports/a",
        "s3://id:secret@exports/a",
        "s3://exports/a?versionId=1"
      })
  void refusesWhatIsNoFile(String destination) {
    assertThatThrownBy(() -> ExportDestination.require(destination)).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @CsvSource({"200, true", "201, false"})
  void leavesRoomForTheUnfinishedName(int bytes, boolean fits) {
    String destination = "file:///exports/" + "a".repeat(bytes - 3) + "%E2%82%AC";
    if (fits) {
      assertThatCode(() -> ExportDestination.require(destination)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> ExportDestination.require(destination))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("its name has 201 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, true", "1001, false"})
  void leavesRoomForTheObjectThatClaimsIt(int bytes, boolean fits) {
    String destination =
        "s3://exports/" + "a/".repeat((bytes - 11) / 2) + "b".repeat(bytes % 2 + 9);
    if (fits) {
      assertThatCode(() -> ExportDestination.require(destination)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> ExportDestination.require(destination))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("1001 bytes");
    }
  }

  @Test
  void tellsTheObjectOfAnUrl() {
    String destination = "s3://exports/a/my%20image.raw";
    assertThat(ExportDestination.isInBucket(destination)).isTrue();
    assertThat(ExportDestination.bucket(destination)).isEqualTo("exports");
    assertThat(ExportDestination.objectName(destination)).isEqualTo("a/my image.raw");
    assertThat(ExportDestination.isInBucket("file:///exports/a")).isFalse();
  }
}
