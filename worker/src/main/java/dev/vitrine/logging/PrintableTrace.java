package dev.vitrine.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.vitrine.text.Printable;

/** A stack trace, whose messages may quote what anybody sent; its own lines stay lines. */
public final class PrintableTrace extends ThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy thrown) {
    return Printable.escapeLines(super.throwableProxyToString(thrown));
  }
}
