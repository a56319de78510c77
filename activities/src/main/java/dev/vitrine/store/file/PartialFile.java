package dev.vitrine.store.file;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.files.OwnerOnly;
import dev.vitrine.store.Busy;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsReadBack;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of unfinished data, held by an exclusive lock, so that an attempt that was given up for
 * dead and the one that replaced it can't both write. For one thread, but for {@link #sync}.
 *
 * <p>It writes through {@link RandomAccessFile}, since an interrupt closes a {@link FileChannel} in
 * the middle of what it does, and the last sync would be lost.
 */
public final class PartialFile implements AutoCloseable {

  /**
   * Held in this process. Asked before the file is opened: where closing any descriptor of a file
   * drops the process's lock on it (POSIX), a mere look would release what another thread holds.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /**
   * Bytes handed to the system at a time. {@link RandomAccessFile} copies each part into memory
   * made for it: parts of this size stay in the processor's cache, and larger ones are got from the
   * system, page by page, every time.
   */
  private static final int PART = 64 << 10;

  private final String owner;
  private final Path path;
  private final Object identity;
  private final RandomAccessFile file;
  private volatile long position;
  private volatile boolean broken;
  private boolean closed;

  private PartialFile(
      String owner, Path path, Object identity, RandomAccessFile file, long position) {
    this.owner = owner;
    this.path = path;
    this.identity = identity;
    this.file = file;
    this.position = position;
  }

  /**
   * Opens the file for writing at the offset, creating it if the offset is 0; what follows the
   * offset is cut off.
   *
   * @param owner whose file it is, for messages: {@code store 'main'}
   * @throws NoSuchFileException if its directory is missing, or the file and the offset isn't 0
   * @throws dev.vitrine.error.VitrineException {@code Unavailable} if another writer holds it or it
   *     has fewer bytes than the offset; {@code StorageFull}
   */
  public static PartialFile open(String owner, Path path, long offset) throws NoSuchFileException {
    try {
      Path directory = Objects.requireNonNull(path.getParent(), "a file in a directory");
      Path real = directory.toRealPath().resolve(path.getFileName());
      if (!HELD.add(real)) {
        throw held(owner, path);
      }
      PartialFile opened = null;
      try {
        opened = openHeld(owner, real, offset);
        return opened;
      } finally {
        if (opened == null) {
          HELD.remove(real);
        }
      }
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw FileErrors.writing(owner, path, 0, e);
    }
  }

  private static PartialFile openHeld(String owner, Path path, long offset) throws IOException {
    if (offset == 0) {
      try {
        OwnerOnly.createFile(path);
      } catch (FileAlreadyExistsException earlier) {
        // What an earlier attempt left; it is cut to nothing below, once it is locked.
      }
    }
    Object before = identity(path);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    PartialFile locked = null;
    try {
      FileLock lock = tryLock(file.getChannel());
      if (lock == null) {
        throw held(owner, path);
      }
      // The name may have changed hands between the look and the lock: the holder before us may
      // have published the very file that we opened. Only a name that led to the same file
      // before and after leads to what was opened in between.
      if (!before.equals(identityIfAny(path))) {
        if (file.length() == 0) {
          // Opening makes a file of a name that vanished just before; it must not be left.
          Files.deleteIfExists(path);
        }
        throw new Unavailable(
            "%s: %s changed while it was being opened; try again".formatted(owner, path));
      }
      if (file.length() < offset) {
        throw new Unavailable(
            "%s: %s has %d bytes, fewer than the %d to go on from"
                .formatted(owner, path, file.length(), offset));
      }
      if (file.length() > offset) {
        file.setLength(offset);
      }
      file.seek(offset);
      locked = new PartialFile(owner, path, before, file, offset);
      return locked;
    } finally {
      if (locked == null) {
        file.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static Unavailable held(String owner, Path path) {
    return Busy.error(
        "%s: another attempt still writes %s; try again when it has ended".formatted(owner, path));
  }

  /** Bytes in the file. */
  public long position() {
    return position;
  }

  /** Appends all that remains in the buffer. */
  public void write(ByteBuffer data) {
    int length = data.remaining();
    try {
      if (data.hasArray()) {
        while (data.hasRemaining()) {
          int part = Math.min(data.remaining(), PART);
          file.write(data.array(), data.arrayOffset() + data.position(), part);
          data.position(data.position() + part);
        }
      } else {
        byte[] copy = new byte[Math.min(length, PART)];
        while (data.hasRemaining()) {
          int part = Math.min(data.remaining(), copy.length);
          data.get(copy, 0, part);
          file.write(copy, 0, part);
        }
      }
      long written = position + length;
      position = written;
    } catch (IOException e) {
      broken = true;
      throw FileErrors.writing(owner, path, length, e);
    }
  }

  /** As {@link StoreWriter#sync}: all that is written is durable then. */
  public long sync() {
    // Read before: what is written meanwhile may or may not be in time.
    long durable = position;
    // The system reports lost writes to one sync only; the next would claim that all is well.
    if (broken) {
      throw new Unavailable("%s: an earlier write to %s failed".formatted(owner, path));
    }
    try {
      file.getFD().sync();
    } catch (IOException e) {
      broken = true;
      throw FileErrors.writing(owner, path, 0, e);
    }
    return durable;
  }

  /** As {@link SupportsReadBack#readBack}. */
  public int readBack(ByteBuffer into, long from) {
    try {
      file.seek(from);
      byte[] bytes = into.hasArray() ? into.array() : new byte[into.remaining()];
      int start = into.hasArray() ? into.arrayOffset() + into.position() : 0;
      int room = into.remaining();
      int read = 0;
      int part = 0;
      while (read < room && part >= 0) {
        part = file.read(bytes, start + read, Math.min(room - read, PART));
        read += Math.max(part, 0);
      }
      if (into.hasArray()) {
        into.position(into.position() + read);
      } else {
        into.put(bytes, 0, read);
      }
      file.seek(position);
      return read == 0 && part < 0 ? -1 : read;
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, path, e);
    }
  }

  /** Requires that the file's name still leads to it: nobody removed or replaced it meanwhile. */
  public void requireInPlace() {
    Object now;
    try {
      now = identityIfAny(path);
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, path, e);
    }
    if (!identity.equals(now)) {
      throw new Unavailable("%s: %s was removed while it was written".formatted(owner, path));
    }
  }

  /** Removes the file, if its name still leads to it, and closes; nothing once it is closed. */
  public void discard() {
    if (closed) {
      return;
    }
    try {
      if (identity.equals(identityIfAny(path))) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, path, e);
    } finally {
      close();
    }
  }

  /** Releases the lock; the file stays. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      file.close();
    } catch (IOException e) {
      throw FileErrors.writing(owner, path, 0, e);
    } finally {
      HELD.remove(path);
    }
  }

  /** Makes the entries of a directory survive a crash of the machine. */
  public static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Object identity(Path path) throws IOException {
    Object identity = identityIfAny(path);
    if (identity == null) {
      throw new NoSuchFileException(path.toString());
    }
    return identity;
  }

  private static @Nullable Object identityIfAny(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
