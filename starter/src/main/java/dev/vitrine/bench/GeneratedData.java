package dev.vitrine.bench;

import dev.vitrine.remote.UploadSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Data of any size, the same at every reading, that costs next to nothing to make and that nothing
 * on the way can make smaller.
 *
 * @param size bytes
 * @param afterBlock is run after each mebibyte that was given out
 */
record GeneratedData(long size, Runnable afterBlock) {

  private static final int BLOCK = 1 << 20;
  private static final byte[] RANDOM = random();

  GeneratedData(long size) {
    this(size, () -> {});
  }

  UploadSource source() {
    return new UploadSource(this::open, size, true);
  }

  InputStream open() {
    return new Blocks();
  }

  /** Gives all of it out, without a copy. */
  void writeTo(OutputStream out) throws IOException {
    byte[] block = RANDOM.clone();
    for (long position = 0; position < size; position += BLOCK) {
      ByteBuffer.wrap(block).putLong(position / BLOCK);
      out.write(block, 0, (int) Math.min(BLOCK, size - position));
      afterBlock.run();
    }
  }

  private static byte[] random() {
    byte[] block = new byte[BLOCK];
    new Random(BLOCK).nextBytes(block);
    return block;
  }

  /** One block again and again, each with its number in it. */
  private final class Blocks extends InputStream {

    private final byte[] block = RANDOM.clone();
    private long position;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (position == size) {
        return -1;
      }
      int within = (int) (position % BLOCK);
      ByteBuffer.wrap(block).putLong(position / BLOCK);
      int read = (int) Math.min(Math.min(length, BLOCK - within), size - position);
      System.arraycopy(block, within, bytes, offset, read);
      position += read;
      return read;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, size - position);
    }
  }
}
