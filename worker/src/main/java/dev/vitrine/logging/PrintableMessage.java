package dev.vitrine.logging;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.vitrine.text.Printable;

/**
 * The message of a line, which may quote what anybody sent: in one line, and with nothing that
 * steers the terminal of who reads it.
 */
public final class PrintableMessage extends MessageConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return Printable.escape(String.valueOf(super.convert(event)));
  }
}
