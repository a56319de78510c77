package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file beside the target that a download fills, {@code TARGET.part}, and what is remembered of
 * whose data it is, {@code TARGET.part.json}. Locked while it is open. For one thread.
 */
final class PartFile implements AutoCloseable {

  private final Path target;
  private final Path part;
  private final Path note;
  private final FileChannel channel;

  private PartFile(Path target, FileChannel channel) {
    this.target = target;
    this.part = partOf(target);
    this.note = noteOf(target);
    this.channel = channel;
  }

  static Path partOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private static Path noteOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".part.json");
  }

  /**
   * Opens it, with what an earlier download of the same data left; what is of other data is
   * dropped.
   *
   * @throws Conflict if another process is filling it
   * @throws Invalid if it can't be written
   */
  static PartFile open(Path target, RemoteImage image) throws IOException {
    Path part = partOf(target);
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new Invalid("%s can't be written: %s".formatted(part, e));
    }
    PartFile opened = new PartFile(target, channel);
    try {
      opened.lock();
      opened.dropOtherData(image);
      return opened;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  Path path() {
    return part;
  }

  long length() throws IOException {
    return channel.size();
  }

  /** Feeds what is there already to the check, and continues at its end. */
  void replay(DigestCheck check, byte[] buffer) throws IOException {
    channel.position(0);
    ByteBuffer bytes = ByteBuffer.wrap(buffer);
    for (int read = channel.read(bytes); read >= 0; read = channel.read(bytes.clear())) {
      check.update(buffer, read);
    }
  }

  void append(byte[] bytes, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Drops all of it. */
  void restart() throws IOException {
    channel.truncate(0);
    channel.position(0);
  }

  /**
   * Makes it the target.
   *
   * @throws Conflict if there is a target by now, which is not to be overwritten
   */
  void finish(boolean overwrite) throws IOException {
    channel.force(true);
    if (overwrite) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } else {
      try {
        Files.move(part, target);
      } catch (FileAlreadyExistsException e) {
        throw new Conflict("%s exists by now; the data is in %s".formatted(target, part));
      }
    }
    Files.deleteIfExists(note);
  }

  /** Removes it: what is in it is of no use. */
  void remove() throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(note);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void lock() throws IOException {
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Somebody in this process.
    }
    if (lock == null) {
      throw new Conflict("%s is being written by another process".formatted(part));
    }
  }

  private void dropOtherData(RemoteImage image) throws IOException {
    Map<String, @Nullable Object> now = note(image);
    Map<String, @Nullable Object> then =
        Files.exists(note) ? JsonMaps.object(Files.readAllBytes(note)).orElse(Map.of()) : Map.of();
    Long size = image.size();
    if (!Objects.equals(now.toString(), then.toString())
        || DigestCheck.of(image).expected() == null
        || (size != null && channel.size() > size)) {
      restart();
      Files.write(note, JsonMaps.bytes(now));
    }
  }

  private static Map<String, @Nullable Object> note(RemoteImage image) {
    Map<String, @Nullable Object> note = new LinkedHashMap<>();
    note.put("image", image.id().toString());
    note.put("size", image.size());
    note.put("digest", DigestCheck.of(image).expected());
    return note;
  }
}
