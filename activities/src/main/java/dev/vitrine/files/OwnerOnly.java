package dev.vitrine.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes files and directories that nobody but their owner may read or write, whatever the umask
 * says, where the file system has POSIX permissions (elsewhere its own rules hold). What is there
 * already stays as somebody made it; that everybody on the machine may use it is said in the log.
 */
public final class OwnerOnly {

  private static final Logger log = LoggerFactory.getLogger(OwnerOnly.class);

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private OwnerOnly() {}

  /** Makes an empty file. */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, permissions(file, "rw-------"));
  }

  /** Makes a directory in one that is there. */
  public static void createDirectory(Path directory) throws IOException {
    Files.createDirectory(directory, permissions(directory, "rwx------"));
  }

  /** Makes a directory and those above it, as far as they are missing. */
  public static void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      warnIfOpenToAll(directory);
    } else {
      Files.createDirectories(directory, permissions(directory, "rwx------"));
    }
  }

  /** Makes an empty file, unless there is one. */
  public static void createFileIfMissing(Path file) throws IOException {
    try {
      createFile(file);
    } catch (FileAlreadyExistsException e) {
      warnIfOpenToAll(file);
    }
  }

  private static void warnIfOpenToAll(Path path) throws IOException {
    if (isPosix(path) && isOpenToAll(path)) {
      log.warn(
          "{} is open to every user of this machine; to keep them out: chmod o= {}", path, path);
    }
  }

  /** Whether more than its owner and group may use it. */
  static boolean isOpenToAll(Path path) throws IOException {
    return Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
  }

  private static FileAttribute<?>[] permissions(Path path, String text) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
