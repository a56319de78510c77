package dev.vitrine.http;

import java.io.IOException;
import java.io.InputStream;

/** What has been read of a stream already, and then the rest of it. */
final class PrefixedStream extends InputStream {

  private final InputStream first;
  private final InputStream rest;

  /**
   * @param first in memory
   * @param rest is closed with this one, by any thread
   */
  PrefixedStream(InputStream first, InputStream rest) {
    this.first = first;
    this.rest = rest;
  }

  @Override
  public int read() throws IOException {
    int next = first.read();
    return next < 0 ? rest.read() : next;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = first.read(into, offset, length);
    return read < 0 ? rest.read(into, offset, length) : read;
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }
}
