package dev.vitrine.verification;

import static java.util.Objects.requireNonNullElse;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.LocationCheck.Outcome;
import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.activity.SweepFinding.Kind;
import dev.vitrine.activity.SweepMark;
import dev.vitrine.activity.SweepMark.Part;
import dev.vitrine.activity.SweepRequest;
import dev.vitrine.activity.SweepStretch;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.Location;
import dev.vitrine.store.Store;
import dev.vitrine.store.SupportsListing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stretch of a sweep, which begins where the one before has ended. For one thread.
 *
 * <p>Rows first, then stores: what comes into a store has its row before, so that only what was
 * lost, or was left behind, is in a store without one.
 */
final class Sweep {

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  /** In memory at once. */
  private static final int PAGE = 200;

  private final Subjects subjects;
  private final SweepRequest request;
  private final Duration length;
  private final Consumer<SweepStretch> alive;
  private final Pace bytes;
  private final Pace objects;
  private final List<SweepFinding> findings;
  private final long begun = System.nanoTime();

  /** Stores that did not answer in this stretch: of the rest of what they have, nothing is said. */
  private final Set<String> silent = new HashSet<>();

  private SweepMark at;
  private SweepCounts counts;

  /**
   * @param before what an attempt at the same stretch has seen; null for nothing
   * @param length after which it ends
   * @param alive is told how far it is, often
   */
  Sweep(
      Subjects subjects,
      SweepRequest request,
      @Nullable SweepStretch before,
      Duration length,
      Consumer<SweepStretch> alive) {
    this.subjects = subjects;
    this.request = request;
    this.length = length;
    this.alive = alive;
    this.bytes = new Pace(request.order().bytesPerSecond());
    this.objects = new Pace(request.order().objectsPerSecond());
    SweepMark from = before == null ? null : before.next();
    this.at = from == null ? request.from() : from;
    this.counts = before == null ? SweepCounts.NONE : before.counts();
    this.findings = new ArrayList<>(before == null ? List.of() : before.findings());
  }

  SweepStretch run() throws InterruptedException {
    boolean more = true;
    while (more && System.nanoTime() - begun < length.toNanos()) {
      more =
          switch (at.part()) {
            case LOCATIONS -> locations();
            case PUBLISHED, UNFINISHED -> keys();
          };
      tell();
    }
    return new SweepStretch(counts, findings, more ? at : null);
  }

  private void tell() {
    alive.accept(new SweepStretch(counts, findings, at));
  }

  /** A page of rows. Returns whether there is anything more to look at. */
  private boolean locations() throws InterruptedException {
    String after = at.after();
    List<Location> page =
        subjects
            .pages()
            .active(request.order().store(), after == null ? null : UUID.fromString(after), PAGE);
    for (Location location : page) {
      look(location);
      at = new SweepMark(Part.LOCATIONS, null, location.id().toString());
      tell();
    }
    return page.size() == PAGE || nextStore(Part.PUBLISHED, null);
  }

  private void look(Location location) throws InterruptedException {
    if (silent.contains(location.store())) {
      return;
    }
    objects.read(1);
    long[] read = {0};
    try {
      LocationCheck check =
          subjects
              .data()
              .check(
                  location.imageId(),
                  location.id(),
                  request.order().read() ? bytes : null,
                  so -> {
                    read[0] = so;
                    tell();
                  });
      counts = counts.plusLocation(read[0]);
      if (check.outcome() == Outcome.WRONG) {
        found(of(Kind.WRONG, location, check, false));
      } else if (check.outcome() == Outcome.MISSING) {
        found(
            of(
                Kind.MISSING,
                location,
                check,
                request.order().repair() && subjects.giveUp(location)));
      }
    } catch (Unavailable e) {
      silent(location.store(), e);
    }
  }

  private static SweepFinding of(
      Kind kind, Location location, LocationCheck check, boolean repaired) {
    return new SweepFinding(
        kind,
        location.store(),
        location.key(),
        location.imageId(),
        requireNonNullElse(check.detail(), ""),
        repaired);
  }

  private void silent(String store, Unavailable why) {
    silent.add(store);
    found(
        new SweepFinding(
            Kind.UNREAD,
            store,
            "",
            null,
            Excerpt.of(String.valueOf(why.getMessage()), LocationCheck.DETAIL),
            false));
  }

  private void found(SweepFinding finding) {
    counts = counts.plus(finding);
    if (findings.size() < request.room()) {
      findings.add(finding);
    }
    log.warn(
        "sweep: {} in store '{}': {}: {}{}",
        finding.kind().wireName(),
        finding.store(),
        finding.key(),
        finding.detail(),
        finding.repaired() ? "; repaired" : "");
  }

  /** A page of a store's keys. Returns as above. */
  private boolean keys() throws InterruptedException {
    String name = String.valueOf(at.store());
    try {
      Store store = subjects.stores().require(name);
      if (store instanceof SupportsListing listing) {
        SupportsListing.Page page =
            at.part() == Part.PUBLISHED
                ? listing.list(at.after(), PAGE)
                : listing.listUnfinished(at.after());
        counts = counts.plusKeys(page.keys().size());
        for (SweepFinding orphan :
            subjects.orphans(store, at.part() == Part.UNFINISHED, page.keys(), request.order())) {
          found(orphan);
        }
        objects.read(page.keys().size());
        if (page.next() != null) {
          at = new SweepMark(at.part(), name, page.next());
          return true;
        }
      }
    } catch (Unavailable e) {
      silent(name, e);
    }
    return nextStore(at.part(), name);
  }

  /** Goes on with the store after that one, or the next part. */
  private boolean nextStore(Part part, @Nullable String store) {
    if (!request.order().orphans()) {
      return false;
    }
    Optional<String> next =
        subjects.stores().names().stream()
            .filter(name -> store == null || name.compareTo(store) > 0)
            .filter(name -> request.order().store() == null || name.equals(request.order().store()))
            .findFirst();
    if (next.isPresent()) {
      at = new SweepMark(part, next.get(), null);
      return true;
    }
    return part == Part.PUBLISHED && nextStore(Part.UNFINISHED, null);
  }
}
