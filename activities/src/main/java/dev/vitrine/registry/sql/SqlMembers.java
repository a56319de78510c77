package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.FieldType;
import dev.vitrine.image.Image;
import dev.vitrine.image.Member;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.PathSegment;
import dev.vitrine.image.Visibility;
import dev.vitrine.registry.Members;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The members of images in the database. */
record SqlMembers(Database database, Limits limits) implements Members {

  @Override
  public Member add(UUID imageId, String member) {
    if (!FieldType.Text.SEGMENT.holds(member)) {
      throw new Invalid(
          "image %s: member '%s': give %s"
              .formatted(imageId, member, FieldType.Text.SEGMENT.accepted()));
    }
    PathSegment.require("member", member);
    return database.transaction(
        "add member",
        handle -> {
          Image image = new ImagesTable(handle).lock(imageId);
          if (image.visibility() != Visibility.SHARED) {
            throw new Forbidden(
                "image %s is %s: only a shared image has members"
                    .formatted(imageId, image.visibility()));
          }
          MembersTable members = new MembersTable(handle);
          if (!members.insert(imageId, member, database.now())) {
            throw new Conflict("image %s: %s is a member already".formatted(imageId, member));
          }
          int count = members.count(imageId);
          limits.requireMembers(imageId, count - 1, count);
          return require(handle, imageId, member);
        });
  }

  @Override
  public Member setStatus(UUID imageId, String member, MemberStatus status) {
    return database.transaction(
        "set status of member",
        handle -> {
          new MembersTable(handle).update(imageId, member, status, database.now());
          return require(handle, imageId, member);
        });
  }

  @Override
  public void remove(UUID imageId, String member) {
    database.transaction(
        "remove member",
        handle -> {
          Member removed = require(handle, imageId, member);
          new MembersTable(handle).delete(imageId, member);
          return removed;
        });
  }

  @Override
  public List<Member> of(UUID imageId) {
    return database.read("members of image", handle -> new MembersTable(handle).ofImage(imageId));
  }

  @Override
  public Optional<Member> find(UUID imageId, String member) {
    return database.read("find member", handle -> new MembersTable(handle).find(imageId, member));
  }

  private static Member require(Handle handle, UUID imageId, String member) {
    new ImagesTable(handle).requireLive(imageId);
    return new MembersTable(handle)
        .find(imageId, member)
        .orElseThrow(() -> new NotFound("image %s: %s is not a member".formatted(imageId, member)));
  }
}
