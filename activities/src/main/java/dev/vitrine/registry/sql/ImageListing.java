package dev.vitrine.registry.sql;

import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.Image;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.registry.sql.page.ImagePage;
import dev.vitrine.registry.sql.page.LeadingFilter;
import dev.vitrine.registry.sql.page.LeadingFilterChoice;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Pages of the images that somebody may see. */
record ImageListing(Handle handle) {

  List<Image> page(ImageQuery query, Set<Relation> seen) {
    UUID marker = query.marker();
    Image after = marker == null ? null : requireMarker(marker, query.viewer(), seen);
    if (query.limit() == 0 || seen.isEmpty()) {
      return List.of();
    }
    Function<Relation, LeadingFilter> leads = new LeadingFilterChoice(handle, query, seen).choose();
    return new ImagesTable(handle).page(ImagePage.of(query, seen, after, leads));
  }

  /** An image that was deleted meanwhile still has its place, so that its page isn't lost. */
  private Image requireMarker(UUID id, Requester viewer, Set<Relation> seen) {
    return new ImagesTable(handle)
        .find(id)
        .filter(image -> seen.contains(Relation.of(image, viewer, isMember(id, viewer.project()))))
        .orElseThrow(
            () ->
                new Invalid(
                    "marker %s: there is no such image; begin at the first page".formatted(id)));
  }

  private boolean isMember(UUID id, String project) {
    return new MembersTable(handle).find(id, project).isPresent();
  }
}
