package dev.vitrine.store;

import static java.time.Instant.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a store does beside that which copies its own data, and says which keys it has. */
public abstract class CapableStoreContract extends StoreContract {

  private static final Duration HOUR = Duration.ofHours(1);

  private SupportsCopy copying() {
    return (SupportsCopy) store();
  }

  @Test
  void copiesDataOfEverySizeUnderAKeyOfItsOwn() {
    SupportsCopy copying = copying();
    sizes()
        .forEach(
            size -> {
              String from = anotherKey();
              String to = anotherKey();
              publish(from, bytes(size));

              assertThat(copying.copy(from, to)).as("of %d bytes", size).isTrue();

              assertThat(copying.confirm(to)).isTrue();
              copying.delete(from);
              assertThat(another().size(from)).isEmpty();
              assertThat(read(to)).isEqualTo(bytes(size));
              copying.delete(to);
              assertThat(another().size(to)).isEmpty();
            });
  }

  @Test
  void keepsWhatWasCopiedWhenTheCopyIsDeleted() {
    SupportsCopy copying = copying();
    publish(key, bytes(part()));
    String copy = anotherKey();
    assertThat(copying.copy(key, copy)).isTrue();

    copying.delete(copy);

    assertThat(copying.size(copy)).isEmpty();
    assertThat(read(key)).isEqualTo(bytes(part()));
  }

  @Test
  void copiesNothingThatIsNotThereAndOverNothingThatIs() {
    SupportsCopy copying = copying();
    publish(key, bytes(1));
    String other = anotherKey();
    publish(other, bytes(2));

    assertThatThrownBy(() -> copying.copy(anotherKey(), anotherKey())).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> copying.copy(key, other)).isInstanceOf(Conflict.class);
    assertThatThrownBy(() -> copying.copy(key, "..")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> copying.copy("..", key)).isInstanceOf(Invalid.class);
    assertThat(read(other)).isEqualTo(bytes(2));
  }

  @Test
  void copiesInThePlaceOfUnfinishedData() {
    SupportsCopy copying = copying();
    publish(key, bytes(2 * part()));
    String copy = anotherKey();
    String token;
    try (StoreWriter writer = store().create(copy)) {
      writer.write(ByteBuffer.wrap(bytes(2 * part() + 1)));
      writer.sync();
      token = writer.token();
    }

    assertThat(copying.copy(key, copy)).isTrue();

    assertThat(read(copy)).isEqualTo(bytes(2 * part()));
    assertThat(store().unfinished(copy, token)).isZero();
  }

  private SupportsListing listing() {
    return (SupportsListing) store();
  }

  @Test
  void listsEveryPublishedKeyOnceInPagesOfAnySize() {
    SupportsListing listing = listing();
    Map<String, Long> published = new TreeMap<>();
    for (int image = 0; image < 3; image++) {
      for (int i = 0; i < 3; i++) {
        String one = image == 0 ? anotherKey() : UUID.randomUUID() + "/" + UUID.randomUUID();
        publish(one, bytes(i));
        published.put(one, (long) i);
      }
    }
    leaveUnfinished();
    for (int most = 1; most <= 10; most++) {
      Map<String, Long> listed = new TreeMap<>();
      String last = "";
      SupportsListing.Page page = null;
      while (page == null || page.next() != null) {
        page = listing.list(page == null ? null : page.next(), most);
        assertThat(page.keys()).hasSizeLessThanOrEqualTo(most);
        for (SupportsListing.Listed each : page.keys()) {
          assertThat(each.key()).isGreaterThan(last);
          assertThat(each.since()).isBetween(now().minus(HOUR), now().plus(HOUR));
          last = each.key();
          listed.put(each.key(), each.size());
        }
      }
      assertThat(listed).as("in pages of %d", most).containsAllEntriesOf(published);
      assertThat(listed).doesNotContainKey(key);
    }
  }

  @Test
  void listsWhatIsUnfinishedApart() {
    SupportsListing listing = listing();
    leaveUnfinished();
    assertThat(unfinished(listing)).contains(key);

    store().delete(key);
    publish(key, bytes(1));

    assertThat(unfinished(listing)).doesNotContain(key);
  }

  private static List<String> unfinished(SupportsListing listing) {
    List<String> keys = new ArrayList<>();
    SupportsListing.Page page = listing.listUnfinished(null);
    while (true) {
      page.keys().forEach(each -> keys.add(each.key()));
      if (page.next() == null) {
        return keys;
      }
      page = listing.listUnfinished(page.next());
    }
  }

  private void leaveUnfinished() {
    try (StoreWriter writer = store().create(key)) {
      writer.write(ByteBuffer.wrap(bytes(2 * part())));
      writer.sync();
    }
  }
}
