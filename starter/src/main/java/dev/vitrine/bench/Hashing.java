package dev.vitrine.bench;

import dev.vitrine.image.ImageData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What this machine takes to digest data and to write it, without a network. */
final class Hashing {

  private static final int BUFFER = 256 * 1024;

  private Hashing() {}

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + algorithm, e);
    }
  }

  /** Digests data. */
  static Phase digests(GeneratedData data, String... algorithms) throws IOException {
    List<MessageDigest> digests = List.of(algorithms).stream().map(Hashing::digest).toList();
    return feed(data, digests);
  }

  /** Digests data as an image's, and says what comes out. */
  static ImageData known(GeneratedData data) throws IOException {
    MessageDigest md5 = digest("MD5");
    MessageDigest sha512 = digest("SHA-512");
    Phase unused = feed(data, List.of(md5, sha512));
    HexFormat hex = HexFormat.of();
    return new ImageData(data.size(), hex.formatHex(md5.digest()), hex.formatHex(sha512.digest()));
  }

  /** Writes data to a file and forces it to the disk. */
  static Phase write(GeneratedData data, Path file) throws IOException {
    byte[] buffer = new byte[BUFFER];
    Stopwatch watch = Stopwatch.ofThisThread();
    try (InputStream in = data.open();
        FileChannel out =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        write(out, ByteBuffer.wrap(buffer, 0, read));
      }
      out.force(true);
    }
    return watch.stop(data.size());
  }

  static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static Phase feed(GeneratedData data, List<MessageDigest> digests) throws IOException {
    byte[] buffer = new byte[BUFFER];
    Stopwatch watch = Stopwatch.ofThisThread();
    try (InputStream in = data.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (MessageDigest digest : digests) {
          digest.update(buffer, 0, read);
        }
      }
    }
    return watch.stop(data.size());
  }
}
