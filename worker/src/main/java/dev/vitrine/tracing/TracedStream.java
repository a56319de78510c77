package dev.vitrine.tracing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read, until it is closed. For one thread. */
final class TracedStream extends FilterInputStream {

  private final DataSpan span;

  TracedStream(InputStream traced, DataSpan span) {
    super(traced);
    this.span = span;
  }

  @Override
  public int read() throws IOException {
    try {
      int read = in.read();
      span.moved(read < 0 ? 0 : 1);
      return read;
    } catch (IOException | RuntimeException e) {
      span.failed(e);
      throw e;
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int read = in.read(into, offset, length);
      span.moved(read);
      return read;
    } catch (IOException | RuntimeException e) {
      span.failed(e);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      in.close();
    } finally {
      span.end(null);
    }
  }
}
