package dev.vitrine.embedded;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.files.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which a stack keeps everything, held by one process at a time: two would work on
 * one registry with two servers, and each would settle what the other is doing. The operating
 * system lets go of it when the process dies, however it dies.
 */
public final class DataDirectory implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the directory if there is none, and holds it until {@link #close}.
   *
   * @throws Invalid if it can't be made or written to
   * @throws Conflict if another process holds it
   */
  public static DataDirectory hold(Path directory) {
    try {
      OwnerOnly.createDirectories(directory);
      Path real = directory.toRealPath();
      OwnerOnly.createDirectories(StackSettings.exports(real));
      FileChannel channel =
          FileChannel.open(
              real.resolve("vitrine.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new Conflict(
            "data directory %s is in use by another 'vitrine dev'; stop that, or give another --data"
                .formatted(real));
      }
      return new DataDirectory(real, channel);
    } catch (IOException e) {
      throw new Invalid(
          "data directory %s can't be used: %s; give another --data".formatted(directory, e));
    }
  }

  /** Absolute, and without symbolic links. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock goes with the process.
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }
}
