package dev.vitrine.registry;

import dev.vitrine.image.Member;
import dev.vitrine.image.MemberStatus;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The projects that an image is shared with. */
public interface Members {

  /**
   * {@code Forbidden} if the image isn't {@code shared}; {@code Conflict} if it is a member
   * already; {@code TooLarge} beyond the limit of members.
   */
  Member add(UUID imageId, String member);

  Member setStatus(UUID imageId, String member, MemberStatus status);

  void remove(UUID imageId, String member);

  List<Member> of(UUID imageId);

  Optional<Member> find(UUID imageId, String member);
}
