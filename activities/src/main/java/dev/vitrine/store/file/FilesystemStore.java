package dev.vitrine.store.file;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.files.OwnerOnly;
import dev.vitrine.store.ReadOnlyStore;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreKeys;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsCopy;
import dev.vitrine.store.SupportsListing;
import dev.vitrine.store.SupportsResume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A store in a directory: published data at {@code <root>/<key>}, unfinished data at {@code
 * <root>/.partial/<key>}. Safe for use by many threads, and by many processes where the file system
 * has working locks.
 *
 * <p>The directory is made once, by the constructor. If it, or {@code .partial} in it, vanishes
 * later, the store is unavailable until it is back: behind an unmounted disk lies an empty
 * directory, and what were written there would be lost to sight with the next mount.
 *
 * <p>A copy is a hard link: the file goes with the last of its keys.
 *
 * <p>One that is only read from is never made: its directory has to be there, with something in it.
 */
public final class FilesystemStore implements SupportsResume, SupportsCopy, SupportsListing {

  /** How often a directory may vanish under a writer because another removed its last file. */
  private static final int TRIES = 5;

  /** At the end of the name that a copy has until it is published; no key ends so. */
  private static final String COPY = ".copy";

  private final String name;
  private final String owner;
  private final Path root;
  private final Path unfinished;
  private final boolean readOnly;

  /**
   * Makes the directory if it is missing.
   *
   * @throws Unavailable if that can't be done
   */
  public FilesystemStore(String name, Path root) {
    this(name, root, false);
    try {
      OwnerOnly.createDirectories(this.root);
      OwnerOnly.createDirectories(unfinished);
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, this.root, e);
    }
  }

  private FilesystemStore(String name, Path root, boolean readOnly) {
    this.name = name;
    this.owner = "store '%s'".formatted(name);
    this.root = root.toAbsolutePath().normalize();
    this.unfinished = this.root.resolve(".partial");
    this.readOnly = readOnly;
  }

  /**
   * A store that is only read from, on whatever file system; changes nothing there.
   *
   * @throws Unavailable if its directory is missing or empty
   */
  public static Store readOnly(String name, Path root) {
    return new ReadOnlyStore(onlyRead(name, root));
  }

  /** The same, of which nobody makes use but to read. */
  static FilesystemStore onlyRead(String name, Path root) {
    FilesystemStore store = new FilesystemStore(name, root, true);
    store.requireRoot();
    return store;
  }

  /**
   * A store in a directory that somebody has made.
   *
   * @throws Unavailable if it is missing
   */
  static FilesystemStore existing(String name, Path root) {
    if (!Files.isDirectory(root)) {
      throw new Unavailable(
          "store '%s' is unavailable: its directory %s is missing; mount it, or make it"
              .formatted(name, root));
    }
    return new FilesystemStore(name, root);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public StoreWriter create(String key, @Nullable Long size) {
    return openWriter(key, 0);
  }

  @Override
  public StoreWriter resume(String key, @Nullable String token, long offset) {
    return openWriter(key, offset);
  }

  private Writer openWriter(String key, long offset) {
    Path target = published(key);
    Path partial = unfinished.resolve(key);
    for (int attempt = 1; ; attempt++) {
      requireRoot();
      if (Files.exists(target)) {
        throw new Conflict("%s: %s is published already".formatted(owner, key));
      }
      try {
        Directories.create(Directories.parent(partial));
        return new Writer(PartialFile.open(owner, partial, offset), key, partial, target);
      } catch (NoSuchFileException e) {
        if (attempt == TRIES || offset > 0) {
          throw FileErrors.unavailable(owner, partial, e);
        }
      } catch (StorageFull e) {
        Directories.removeIfEmpty(owner, Directories.parent(partial));
        throw e;
      } catch (IOException e) {
        throw FileErrors.writing(owner, partial, 0, e);
      }
    }
  }

  @Override
  public InputStream open(String key, long offset) {
    StoredFile file = openFile(key);
    try {
      return Channels.newInputStream(file.channel().position(offset));
    } catch (IOException e) {
      file.close();
      throw FileErrors.unavailable(owner, file.path(), e);
    }
  }

  @Override
  public StoreReader reader(String key) {
    return openFile(key);
  }

  private StoredFile openFile(String key) {
    Path target = published(key);
    requireRoot();
    try {
      return StoredFile.of(owner, target, FileChannel.open(target, StandardOpenOption.READ));
    } catch (NoSuchFileException e) {
      throw new NotFound("%s has nothing under %s".formatted(owner, key));
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, target, e);
    }
  }

  @Override
  public OptionalLong size(String key) {
    Path target = published(key);
    requireRoot();
    return sizeOf(target);
  }

  /** Whether a writer has begun there, and may hold it, though nothing be written. */
  boolean hasUnfinished(String key) {
    requireRoot();
    return Files.exists(unfinished.resolve(StoreKeys.require(owner, key)));
  }

  @Override
  public long unfinished(String key, @Nullable String token) {
    Path partial = unfinished.resolve(StoreKeys.require(owner, key));
    requireRoot();
    return sizeOf(partial).orElse(0);
  }

  private OptionalLong sizeOf(Path path) {
    try {
      return OptionalLong.of(Files.size(path));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, path, e);
    }
  }

  @Override
  public boolean confirm(String key) {
    if (size(key).isEmpty()) {
      return false;
    }
    syncDirectories(published(key));
    return true;
  }

  /** Holds the new key as a writer does: that keeps out writers, and says if it was deleted. */
  @Override
  public boolean copy(String from, String to) {
    Path source = published(from);
    if (size(from).isEmpty()) {
      throw new NotFound("%s has nothing under %s".formatted(owner, from));
    }
    Writer held = openWriter(to, 0);
    try {
      return held.publishLink(source);
    } finally {
      held.discard();
    }
  }

  /**
   * Never the name of unfinished data: a writer that goes on with that would cut off what it is a
   * link to.
   */
  private static Path copyOf(Path partial) {
    return partial.resolveSibling(partial.getFileName() + COPY);
  }

  @Override
  public Page list(@Nullable String after, int most) {
    return page(new KeyFiles(root, ""), after, most);
  }

  @Override
  public Page listUnfinished(@Nullable String after) {
    return page(new KeyFiles(unfinished, COPY), after, MOST);
  }

  private Page page(KeyFiles files, @Nullable String after, int most) {
    requireRoot();
    try {
      return files.page(after, most);
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, files.root(), e);
    }
  }

  @Override
  public void delete(String key) {
    Path target = published(key);
    Path partial = unfinished.resolve(key);
    requireRoot();
    try {
      // In this order: a writer that publishes in between moves the one to the other, never back.
      Files.deleteIfExists(partial);
      Files.deleteIfExists(copyOf(partial));
      Files.deleteIfExists(target);
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, target, e);
    }
    Directories.removeIfEmpty(owner, Directories.parent(partial));
    Directories.removeIfEmpty(owner, Directories.parent(target));
  }

  private Path published(String key) {
    return root.resolve(StoreKeys.require(owner, key));
  }

  private void requireRoot() {
    if (!Files.isDirectory(unfinished) && !(readOnly && Directories.hasEntries(root))) {
      throw new Unavailable(
          "%s is unavailable: its directory %s is missing or %s; mount it again"
              .formatted(owner, root, readOnly ? "empty" : "isn't the one it was"));
    }
  }

  private void syncDirectories(Path target) {
    try {
      PartialFile.syncDirectory(Directories.parent(target));
      PartialFile.syncDirectory(root);
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, target, e);
    }
  }

  private final class Writer extends PartialFileWriter {

    private final String key;
    private final Path partial;
    private final Path target;

    Writer(PartialFile file, String key, Path partial, Path target) {
      super(file);
      this.key = key;
      this.partial = partial;
      this.target = target;
    }

    @Override
    protected void publishSynced() {
      moveToTarget(partial);
      // The name is final from here on, and the lock is no longer needed for it.
      close();
      syncDirectories(target);
      Directories.removeIfEmpty(owner, Directories.parent(partial));
    }

    /** Gives the target its name only by a move, which a deletion in between makes fail. */
    boolean publishLink(Path source) {
      Path link = copyOf(partial);
      try {
        Files.deleteIfExists(link);
        Files.createLink(link, source);
      } catch (UnsupportedOperationException | IOException e) {
        // No links here, or none more of this file; whatever it was, moving the bytes tells.
        return false;
      }
      try {
        moveToTarget(link);
        syncDirectories(target);
        return true;
      } finally {
        removeLink(link);
      }
    }

    private void removeLink(Path link) {
      try {
        Files.deleteIfExists(link);
      } catch (IOException e) {
        throw FileErrors.unavailable(owner, link, e);
      }
    }

    private void moveToTarget(Path complete) {
      requireRoot();
      for (int attempt = 1; ; attempt++) {
        file().requireInPlace();
        try {
          Directories.create(Directories.parent(target));
          Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
          return;
        } catch (NoSuchFileException e) {
          Directories.removeIfEmpty(owner, Directories.parent(target));
          if (attempt == TRIES) {
            throw FileErrors.unavailable(owner, target, e);
          }
        } catch (AtomicMoveNotSupportedException e) {
          throw new Unavailable(
              "%s: %s and its unfinished data lie on two file systems".formatted(owner, key));
        } catch (IOException e) {
          throw FileErrors.writing(owner, target, 0, e);
        }
      }
    }

    @Override
    public void discard() {
      super.discard();
      Directories.removeIfEmpty(owner, Directories.parent(partial));
    }
  }
}
