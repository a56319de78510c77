package dev.vitrine.store.s3;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of an object as they come. Closing it before the end gives up the connection, and ends
 * a read of another thread.
 */
final class S3Stream extends InputStream {

  private final ResponseInputStream<?> answer;
  private volatile boolean ended;

  S3Stream(ResponseInputStream<?> answer) {
    this.answer = answer;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    try {
      int read = answer.read(into, from, length);
      ended = read < 0;
      return read;
    } catch (SdkException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (!ended) {
      // What is left would be read to its end otherwise, to use the connection again.
      answer.abort();
      return;
    }
    try {
      answer.close();
    } catch (IOException | SdkException e) {
      // All was read.
    }
  }
}
