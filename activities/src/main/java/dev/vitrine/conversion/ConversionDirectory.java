package dev.vitrine.conversion;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The directory of one conversion, removed with all that is in it when it is closed. A lock tells
 * it from what a process that died has left, which goes when the next one is made.
 */
public final class ConversionDirectory implements AutoCloseable {

  private static final String LOCK = ".lock";

  private final Path path;
  private final Path lock;
  private final FileChannel channel;

  private ConversionDirectory(Path path, Path lock, FileChannel channel) {
    this.path = path;
    this.lock = lock;
    this.channel = channel;
  }

  /**
   * A new one.
   *
   * @throws Unavailable if there can't be one
   */
  static ConversionDirectory in(Path parent) {
    try {
      Files.createDirectories(parent);
      sweep(parent);
      String name = UUID.randomUUID().toString();
      Path lock = parent.resolve(name + LOCK);
      FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try {
        FileLock unused = channel.lock();
        return new ConversionDirectory(Files.createDirectory(parent.resolve(name)), lock, channel);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw VitrineException.because(
          e,
          new Unavailable(
              "no directory for a conversion in %s: %s".formatted(parent, e.getMessage())));
    }
  }

  /** Removes what was left by processes that are gone. */
  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, "*" + LOCK)) {
      for (Path lock : locks) {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
          FileLock held = channel.tryLock();
          if (held != null) {
            String name = String.valueOf(lock.getFileName());
            remove(parent.resolve(name.substring(0, name.length() - LOCK.length())));
            Files.deleteIfExists(lock);
          }
        } catch (OverlappingFileLockException | NoSuchFileException e) {
          // Another conversion of this process has it, or another process was quicker.
        }
      }
    }
  }

  /** A file in it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  Path path() {
    return path;
  }

  /** Removes it. */
  @Override
  public void close() {
    try {
      remove(path);
      Files.deleteIfExists(lock);
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("what is left of a conversion in " + path, e);
    }
  }

  private static void remove(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(directory);
  }
}
