package dev.vitrine.logging;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;

/**
 * A line of JSON for each event, as logback's own encoder writes it: {@code timestamp} in
 * milliseconds, {@code level}, {@code threadName}, {@code loggerName}, {@code mdc} with what the
 * line is about, {@code formattedMessage}, {@code throwable}. What would steer a terminal, or turn
 * its text around, is escaped as well, which JSON itself does not ask for.
 */
public final class PrintableJson extends JsonEncoder {

  /** With the fields above, and no others. */
  public PrintableJson() {
    setWithSequenceNumber(false);
    setWithNanoseconds(false);
    setWithContext(false);
    setWithMarkers(false);
    setWithKVPList(false);
    setWithMessage(false);
    setWithArguments(false);
    setWithFormattedMessage(true);
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(super.encode(event), StandardCharsets.UTF_8).strip();
    StringBuilder safe = new StringBuilder(line.length() + 1);
    line.codePoints()
        .forEach(
            character -> {
              if (Character.isISOControl(character)
                  || Character.getType(character) == Character.FORMAT) {
                for (char unit : Character.toChars(character)) {
                  safe.append("\\u%04x".formatted((int) unit));
                }
              } else {
                safe.appendCodePoint(character);
              }
            });
    return safe.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }
}
