package dev.vitrine.decompression;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * What gzip has compressed: all members up to the end of the data, each checked. For one thread.
 * Source of the form: RFC 1952. The JDK's own stream takes a member whose header is damaged, or has
 * not arrived yet, for the end.
 */
final class GzipStream extends InputStream {

  private static final int BUFFER = 16 << 10;
  private static final int MAGIC = 0x8b1f;
  private static final int HEADER_CHECK = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final PushbackInputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private boolean inMember;
  private boolean any;
  private boolean ended;

  GzipStream(InputStream in) {
    this.in = new PushbackInputStream(in, BUFFER);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember) {
        begin();
      } else {
        int inflated = inflate(into, offset, length);
        if (inflated > 0) {
          return inflated;
        }
      }
    }
    return -1;
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    int inflated;
    try {
      inflated = inflater.inflate(into, offset, length);
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage() == null ? "it is damaged" : e.getMessage());
    }
    if (inflated > 0) {
      crc.update(into, offset, inflated);
    } else if (inflater.finished()) {
      end();
    } else if (inflater.needsDictionary()) {
      throw new ZipException("it needs a dictionary");
    } else {
      filled = in.read(buffer);
      if (filled < 0) {
        throw new EOFException("it ends in the middle");
      }
      inflater.setInput(buffer, 0, filled);
    }
    return inflated;
  }

  /** A member, or the end. */
  private void begin() throws IOException {
    int first = in.read();
    if (first < 0 && any) {
      ended = true;
      return;
    }
    if (first != (MAGIC & 0xff) || in.read() != MAGIC >> 8) {
      throw new ZipException("something else follows where it ends");
    }
    int method = next();
    int flags = next();
    if (method != 8 || (flags & RESERVED) != 0) {
      throw new ZipException("method %d with flags %d is unknown".formatted(method, flags));
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECK) != 0) {
      skip(2);
    }
    crc.reset();
    inflater.reset();
    any = true;
    inMember = true;
  }

  /** What follows it is not the inflater's. */
  private void end() throws IOException {
    int left = inflater.getRemaining();
    if (left > 0) {
      in.unread(buffer, filled - left, left);
    }
    long check = number();
    long size = number();
    if (check != crc.getValue() || size != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new ZipException("its checksum or length is another one");
    }
    inMember = false;
  }

  private long number() throws IOException {
    long number = 0;
    for (int i = 0; i < Integer.SIZE; i += Byte.SIZE) {
      number |= (long) next() << i;
    }
    return number;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      var unused = next();
    }
  }

  private void skipText() throws IOException {
    int last;
    do {
      last = next();
    } while (last != 0);
  }

  private int next() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("it ends in the middle");
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
