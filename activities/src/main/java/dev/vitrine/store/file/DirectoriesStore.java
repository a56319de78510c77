package dev.vitrine.store.file;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.ReadOnlyStore;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsCopy;
import dev.vitrine.store.SupportsListing;
import dev.vitrine.store.SupportsResume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One store in several directories, each as that of a {@link FilesystemStore}. New data goes to the
 * directory of the highest priority that has room for it, of two that are alike to the one with
 * more. What has a key is looked for in all of them, so that directories may come, be filled by
 * hand, and go. Safe for use by as many as theirs is.
 *
 * <p>While one of them is unavailable, what lies in the others can be read; for whatever else has
 * to know that a key is nowhere, the store is unavailable.
 *
 * <p>Data begins anew where unfinished data of its key lies, if another writer holds that. Two that
 * begin at the same moment are kept apart by their directory, if it is the same: with one key,
 * given to one location, there is a second writer only when the first is given up for dead.
 */
public final class DirectoriesStore implements SupportsResume, SupportsCopy, SupportsListing {

  /** Bytes that a directory has to have free for data of which nobody knows how much it is. */
  static final long UNKNOWN_SIZE = 16L << 30;

  /** How many bytes a directory has free for its owner. */
  interface FreeSpace {
    long of(Path directory) throws IOException;
  }

  private record Place(Path path, int priority, FilesystemStore store) {}

  private final String name;
  private final String owner;
  private final List<Place> places;
  private final FreeSpace freeSpace;

  /**
   * None of the directories is made: behind a disk that isn't mounted nobody should begin a new
   * one.
   *
   * @throws Unavailable if one is missing
   * @throws Invalid if two are one
   */
  public DirectoriesStore(String name, List<StoreDirectory> directories) {
    this(name, directories, DirectoriesStore::usable);
  }

  DirectoriesStore(String name, List<StoreDirectory> directories, FreeSpace freeSpace) {
    this(name, directories, freeSpace, FilesystemStore::existing);
  }

  private DirectoriesStore(
      String name,
      List<StoreDirectory> directories,
      FreeSpace freeSpace,
      BiFunction<String, Path, FilesystemStore> opening) {
    this.name = name;
    this.owner = "store '%s'".formatted(name);
    this.freeSpace = freeSpace;
    this.places =
        directories.stream()
            .sorted(Comparator.comparingInt(directory -> -directory.priority()))
            .map(each -> new Place(each.path(), each.priority(), opening.apply(name, each.path())))
            .toList();
    requireDistinct();
  }

  /**
   * A store that is only read from; changes nothing there.
   *
   * @throws Unavailable if a directory is missing or empty
   */
  public static Store readOnly(String name, List<StoreDirectory> directories) {
    return new ReadOnlyStore(
        new DirectoriesStore(
            name, directories, DirectoriesStore::usable, FilesystemStore::onlyRead));
  }

  private static long usable(Path directory) throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  private void requireDistinct() {
    for (int i = 0; i < places.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (isSame(places.get(i).path(), places.get(j).path())) {
          throw new Invalid(
              "%s: its directories %s and %s are one; name it once"
                  .formatted(owner, places.get(j).path(), places.get(i).path()));
        }
      }
    }
  }

  private boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, one, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public OptionalLong size(String key) {
    return first(store -> Optional.of(store.size(key)).filter(OptionalLong::isPresent))
        .orElse(OptionalLong.empty());
  }

  @Override
  public boolean confirm(String key) {
    return first(store -> Optional.of(store.confirm(key)).filter(found -> found)).isPresent();
  }

  /**
   * What the first directory answers that has an answer; unavailable if that may be one of those.
   */
  private <T> Optional<T> first(Function<FilesystemStore, Optional<T>> asking) {
    Unavailable silent = null;
    for (Place place : places) {
      try {
        Optional<T> answer = asking.apply(place.store());
        if (answer.isPresent()) {
          return answer;
        }
      } catch (Unavailable e) {
        silent = e;
      }
    }
    if (silent != null) {
      throw silent;
    }
    return Optional.empty();
  }

  @Override
  public InputStream open(String key, long offset) {
    return read(key, store -> store.open(key, offset));
  }

  @Override
  public StoreReader reader(String key) {
    return read(key, store -> store.reader(key));
  }

  private <T> T read(String key, Function<FilesystemStore, T> opening) {
    return first(store -> openIfThere(store, opening)).orElseThrow(() -> nothingUnder(key));
  }

  private static <T> Optional<T> openIfThere(
      FilesystemStore store, Function<FilesystemStore, T> opening) {
    try {
      return Optional.of(opening.apply(store));
    } catch (NotFound elsewhere) {
      return Optional.empty();
    }
  }

  /** A directory that was taken out of the settings with what it had is not among them. */
  private NotFound nothingUnder(String key) {
    return new NotFound(
        "%s has nothing under %s in any of its directories: %s"
            .formatted(
                owner,
                key,
                places.stream()
                    .map(place -> place.path().toString())
                    .collect(Collectors.joining(", "))));
  }

  @Override
  public StoreWriter create(String key, @Nullable Long size) {
    requireUnpublished(key);
    giveUpUnfinished(key, null);
    return choose(size).store().create(key, size);
  }

  private void requireUnpublished(String key) {
    if (size(key).isPresent()) {
      throw new Conflict("%s: %s is published already".formatted(owner, key));
    }
  }

  /** As a writer does, so that whoever holds it keeps it. */
  private void giveUpUnfinished(String key, @Nullable FilesystemStore but) {
    for (Place place : places) {
      if (place.store() != but && place.store().hasUnfinished(key)) {
        place.store().create(key).discard();
      }
    }
  }

  /** Where new data goes. What others are writing there at the time is not counted. */
  private Place choose(@Nullable Long size) {
    long wanted = size == null ? UNKNOWN_SIZE : size;
    List<String> rooms = new ArrayList<>();
    Place chosen = null;
    Place roomiest = places.get(0);
    long chosenFree = -1;
    long most = -1;
    for (Place place : places) {
      long free = free(place);
      rooms.add("%s has %d".formatted(place.path(), free));
      boolean asImportant = chosen == null || chosen.priority() == place.priority();
      if (free >= wanted && asImportant && free > chosenFree) {
        chosen = place;
        chosenFree = free;
      }
      if (free > most) {
        roomiest = place;
        most = free;
      }
    }
    if (chosen != null) {
      return chosen;
    }
    if (size == null) {
      return roomiest;
    }
    throw new StorageFull(
        "%s has no room left for %d bytes in one directory: %s; free or add space"
            .formatted(owner, size, String.join(", ", rooms)));
  }

  private long free(Place place) {
    try {
      return freeSpace.of(place.path());
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, place.path(), e);
    }
  }

  @Override
  public long unfinished(String key, @Nullable String token) {
    return places.stream().mapToLong(place -> place.store().unfinished(key, token)).max().orElse(0);
  }

  /** In the directory that it began in, whatever room that has. */
  @Override
  public StoreWriter resume(String key, @Nullable String token, long offset) {
    requireUnpublished(key);
    FilesystemStore begun =
        places.stream()
            .map(Place::store)
            .filter(store -> store.hasUnfinished(key))
            .findFirst()
            .orElseGet(() -> choose(null).store());
    return begun.resume(key, token, offset);
  }

  /** Beside the original, whatever the priorities are: a link needs no room. */
  @Override
  public boolean copy(String from, String to) {
    FilesystemStore having =
        first(store -> Optional.of(store).filter(each -> each.size(from).isPresent()))
            .orElseThrow(() -> nothingUnder(from));
    requireUnpublished(to);
    giveUpUnfinished(to, having);
    return having.copy(from, to);
  }

  @Override
  public Page list(@Nullable String after, int most) {
    return MergedPages.of(
        places.stream().map(place -> place.store().list(after, most)).toList(), most);
  }

  @Override
  public Page listUnfinished(@Nullable String after) {
    return MergedPages.of(
        places.stream().map(place -> place.store().listUnfinished(after)).toList(), MOST);
  }

  /** From all of them: one that does not answer keeps the others from nothing. */
  @Override
  public void delete(String key) {
    Unavailable silent = null;
    for (Place place : places) {
      try {
        place.store().delete(key);
      } catch (Unavailable e) {
        silent = e;
      }
    }
    if (silent != null) {
      throw silent;
    }
  }
}
