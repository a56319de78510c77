package dev.vitrine.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.vitrine.text.Printable;
import dev.vitrine.thread.LogKey;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What a line is about: {@code [task …, image …, workflow …]} with a space before it; nothing for a
 * line about the process itself.
 */
public final class LineContext extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    Map<String, String> mdc = event.getMDCPropertyMap();
    StringJoiner about = new StringJoiner(", ", " [", "]").setEmptyValue("");
    for (LogKey key : LogKey.values()) {
      String value = mdc.get(key.mdc());
      if (value != null) {
        about.add(key.mdc() + " " + Printable.escape(value));
      }
    }
    return about.toString();
  }
}
