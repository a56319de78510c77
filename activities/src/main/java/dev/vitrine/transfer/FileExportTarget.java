package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.source.AllowedPaths;
import dev.vitrine.source.OpenSource;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.file.PartialFile;
import dev.vitrine.store.file.PartialFileWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that a task exports to, below one of the export roots.
 *
 * <p>Unfinished data lies next to it under a name with the task's id, and is published by a hard
 * link, which never replaces what exists. Whether the file at the destination is the task's own is
 * told by the file itself: it is the one the unfinished name still leads to, or it carries the
 * task's id as an extended attribute. On a file system without those, a file whose unfinished name
 * is gone already counts as somebody else's: it is never removed, and never taken for a success.
 */
final class FileExportTarget implements ExportTarget {

  private static final String MARK = "vitrine.task";

  private final UUID taskId;
  private final Path destination;
  private final Path partial;
  private final String owner;
  private final Runnable readable;

  /**
   * @param url where to
   * @param readable throws if the image's data may no longer be read
   * @throws Forbidden if the destination lies below none of the roots
   * @throws Invalid if it is none
   */
  FileExportTarget(UUID taskId, String url, TransferConfig config, Runnable readable) {
    AllowedPaths allowed =
        new AllowedPaths(config.exportRoots(), "the setting transfer.export-roots");
    Path path = AllowedPaths.path(url);
    Path directory = path.getParent();
    Path name = path.getFileName();
    if (directory == null || name == null) {
      throw new Invalid("destination '%s' names no file in a directory".formatted(url));
    }
    try {
      directory = allowed.require(directory);
    } catch (NotFound e) {
      throw new Invalid("destination '%s': its directory does not exist".formatted(url));
    }
    this.taskId = taskId;
    this.destination = directory.resolve(name);
    this.partial = directory.resolve("%s.vitrine-%s.partial".formatted(name, taskId));
    this.owner = "export directory " + directory;
    this.readable = readable;
  }

  @Override
  public void requireWanted() {
    readable.run();
  }

  @Override
  public Optional<OpenSource> published() {
    try {
      Object published = identity(destination);
      if (published == null) {
        return Optional.empty();
      }
      if (!isOurs(published, identity(partial))) {
        throw taken();
      }
      finish();
      long size = Files.size(destination);
      InputStream stream = Files.newInputStream(destination);
      return Optional.of(new OpenSource("file://" + destination, stream, 0, size, null, true));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public long unfinished(@Nullable String token) {
    try {
      return Files.size(partial);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public StoreWriter create(@Nullable Long size) {
    return resume(null, 0);
  }

  @Override
  public StoreWriter resume(@Nullable String token, long offset) {
    try {
      PartialFile file = PartialFile.open(owner, partial, offset);
      mark();
      return new Writer(file);
    } catch (NoSuchFileException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void discard() {
    try {
      Object unfinished = identity(partial);
      // First, so that a late writer has nothing left to publish.
      Files.deleteIfExists(partial);
      Object published = identity(destination);
      if (published != null && isOurs(published, unfinished)) {
        Files.deleteIfExists(destination);
      }
      PartialFile.syncDirectory(directory());
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private void publish() throws IOException {
    try {
      Files.createLink(destination, partial);
    } catch (FileAlreadyExistsException e) {
      throw taken();
    } catch (UnsupportedOperationException e) {
      throw new Invalid(owner + " has no hard links, which it takes to replace nothing");
    }
    finish();
  }

  private void finish() throws IOException {
    PartialFile.syncDirectory(directory());
    Files.deleteIfExists(partial);
  }

  private Path directory() {
    Path directory = destination.getParent();
    return directory == null ? destination : directory;
  }

  private boolean isOurs(Object published, @Nullable Object unfinished) {
    return published.equals(unfinished) || taskId.toString().equals(readMark());
  }

  private void mark() {
    try {
      UserDefinedFileAttributeView view =
          Files.getFileAttributeView(partial, UserDefinedFileAttributeView.class);
      if (view != null) {
        view.write(MARK, StandardCharsets.UTF_8.encode(taskId.toString()));
      }
    } catch (IOException e) {
      // The class comment says what it means that a file system has no extended attributes.
    }
  }

  private @Nullable String readMark() {
    try {
      UserDefinedFileAttributeView view =
          Files.getFileAttributeView(
              destination, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      if (view == null || !view.list().contains(MARK)) {
        return null;
      }
      ByteBuffer value = ByteBuffer.allocate(view.size(MARK));
      view.read(MARK, value);
      return StandardCharsets.UTF_8.decode(value.flip()).toString();
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable Object identity(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private Conflict taken() {
    return new Conflict(
        "file://%s exists and was not written by task %s; remove it or export elsewhere"
            .formatted(destination, taskId));
  }

  private VitrineException unavailable(IOException e) {
    return VitrineException.because(
        e, new Unavailable("%s is unavailable: %s".formatted(owner, e)));
  }

  private final class Writer extends PartialFileWriter {

    Writer(PartialFile file) {
      super(file);
    }

    @Override
    protected void publishSynced() {
      file().requireInPlace();
      try {
        FileExportTarget.this.publish();
      } catch (IOException e) {
        throw unavailable(e);
      }
    }
  }
}
