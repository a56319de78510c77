package dev.vitrine.store.file;

import dev.vitrine.store.StoreReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A published file that is open.
 *
 * @param owner whose file it is, for messages: {@code store 'main'}
 */
record StoredFile(String owner, Path path, FileChannel channel, long size) implements StoreReader {

  /** Takes the channel over: if it can't be used, it is closed. */
  static StoredFile of(String owner, Path path, FileChannel channel) throws IOException {
    try {
      return new StoredFile(owner, path, channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int read(ByteBuffer into, long position) {
    try {
      return channel.read(into, position);
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written; what was read is good.
    }
  }
}
