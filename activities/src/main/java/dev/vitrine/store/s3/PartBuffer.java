package dev.vitrine.store.s3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The bytes of one part, in memory that grows with them and is used again for the next. For one
 * thread at a time.
 */
final class PartBuffer {

  /** Small enough for the young generation: a part in one piece would be a large object. */
  private static final int CHUNK = 64 << 10;

  private final List<byte[]> chunks = new ArrayList<>();
  private long capacity;
  private long size;

  PartBuffer(long capacity) {
    this.capacity = capacity;
  }

  /** Empty again, for a part of that many bytes. */
  void reset(long newCapacity) {
    capacity = newCapacity;
    size = 0;
  }

  long size() {
    return size;
  }

  boolean isFull() {
    return size >= capacity;
  }

  /** Takes in as much of the data as there is room for. */
  void fill(ByteBuffer data) {
    while (data.hasRemaining() && !isFull()) {
      int chunk = (int) (size / CHUNK);
      int from = (int) (size % CHUNK);
      if (chunk == chunks.size()) {
        chunks.add(new byte[CHUNK]);
      }
      long room = Math.min(CHUNK - from, capacity - size);
      int length = (int) Math.min(data.remaining(), room);
      data.get(chunks.get(chunk), from, length);
      size += length;
    }
  }

  /** The bytes from the first on; may be asked for again, for a second try. */
  InputStream stream() {
    List<InputStream> streams = new ArrayList<>();
    long left = size;
    for (byte[] chunk : chunks) {
      int length = (int) Math.min(chunk.length, left);
      if (length == 0) {
        break;
      }
      streams.add(new ByteArrayInputStream(chunk, 0, length));
      left -= length;
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  byte[] md5() {
    MessageDigest digest = newMd5();
    long left = size;
    for (byte[] chunk : chunks) {
      int length = (int) Math.min(chunk.length, left);
      digest.update(chunk, 0, length);
      left -= length;
    }
    return digest.digest();
  }

  static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
