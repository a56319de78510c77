package dev.vitrine.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.vitrine.thread.LogContext;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.interceptors.Header;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values are the W3C specification's own example. */
final class TraceParentTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String TEXT = "00-" + TRACE + "-" + SPAN + "-01";

  private static Header header(String data) {
    return new Header(
        Map.of(
            TraceHeader.NAME, Payload.newBuilder().setData(ByteString.copyFromUtf8(data)).build()));
  }

  @Test
  void saysWhatItHasRead() {
    assertThat(TraceParent.read(TEXT)).contains(new TraceParent(TRACE, SPAN, true));
    assertThat(TraceParent.read(TEXT).map(TraceParent::text)).contains(TEXT);
    assertThat(TraceParent.read(TEXT.replaceFirst("01$", "00")))
        .contains(new TraceParent(TRACE, SPAN, false));
  }

  @Test
  void readsWhatItKnowsOfVersionsToCome() {
    assertThat(TraceParent.read("cc" + TEXT.substring(2) + "-what-the-future-will-be-like"))
        .contains(new TraceParent(TRACE, SPAN, true));
  }

  /** Whatever else the flags say is not passed on. */
  @Test
  void handsOnOnlyIdsAndWhetherItIsSampled() {
    assertThat(TraceParent.read(TEXT.replaceFirst("01$", "ff")).map(TraceParent::text))
        .contains(TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,"
            + " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      })
  void passesOverWhatHasAnotherForm(String text) {
    assertThat(TraceParent.read(text)).isEmpty();
  }

  @Test
  void passesOverWhatIsLongerThanAnythingThatMakesSense() {
    assertThat(TraceParent.read("cc" + TEXT.substring(2) + "-" + "x".repeat(1 << 20))).isEmpty();
    assertThat(TraceParent.read(null)).isEmpty();
  }

  @Test
  void isTheSpanThatTheThreadWorksFor() {
    TraceParent span = new TraceParent(TRACE, SPAN, true);

    assertThat(TraceParent.current()).isNull();
    assertThat(LogContext.during(span.about(), () -> TraceParent.current())).isEqualTo(span);
  }

  @Test
  void goesThroughAHeaderBesideWhatOthersHaveThere() {
    TraceParent span = new TraceParent(TRACE, SPAN, true);
    Payload other = Payload.newBuilder().setData(ByteString.copyFromUtf8("other")).build();

    Header header = TraceHeader.with(new Header(Map.of("theirs", other)), span);

    assertThat(TraceHeader.read(header)).isEqualTo(span);
    assertThat(header.getValues()).containsEntry("theirs", other);
  }

  /** Temporal's interceptors for Go, Python and TypeScript write it so. */
  @Test
  void isReadWhereOtherLanguagesWriteIt() {
    assertThat(
            TraceHeader.read(header("{\"traceparent\": \"" + TEXT + "\", \"baggage\": \"a=b\"}")))
        .isEqualTo(new TraceParent(TRACE, SPAN, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "7", "{\"traceparent\": 7}", "{\"traceparent\": \"00\"}"})
  void passesOverHeadersThatSayNothing(String data) {
    assertThat(TraceHeader.read(header(data))).isNull();
  }

  @Test
  void passesOverALargeHeader() {
    String large = "{\"traceparent\": \"%s\", \"a\": \"%s\"}".formatted(TEXT, "a".repeat(2000));

    assertThat(TraceHeader.read(header(large))).isNull();
    assertThat(TraceHeader.read(Header.empty())).isNull();
  }
}
