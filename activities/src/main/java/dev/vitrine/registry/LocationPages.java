package dev.vitrine.registry;

import dev.vitrine.image.Location;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All places in stores that rows know of, page by page, for whoever compares them with those. */
public interface LocationPages {

  /**
   * The {@code active} ones in stores, by their ids.
   *
   * @param store the only one; null for all
   * @param after the last one of the page before; null for the first page
   * @param most how many, at most
   */
  List<Location> active(@Nullable String store, @Nullable UUID after, int most);
}
