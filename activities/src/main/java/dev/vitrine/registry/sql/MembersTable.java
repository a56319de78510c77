package dev.vitrine.registry.sql;

import dev.vitrine.database.Row;
import dev.vitrine.image.Member;
import dev.vitrine.image.MemberStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@code image_members}. */
record MembersTable(Handle handle) {

  /** Returns false, and changes nothing, if the project is a member already. */
  boolean insert(UUID imageId, String member, Instant now) {
    return handle
            .createUpdate(
                """
                insert into image_members (image_id, member, status, created_at, updated_at)
                values (:imageId, :member, :status, :now, :now)
                on conflict (image_id, member) do nothing
                """)
            .bind("imageId", imageId)
            .bind("member", member)
            .bind("status", MemberStatus.PENDING.wireName())
            .bind("now", now)
            .execute()
        == 1;
  }

  /** Returns false if there is no such member. */
  boolean update(UUID imageId, String member, MemberStatus status, Instant now) {
    return handle
            .createUpdate(
                """
                update image_members set status = :status, updated_at = :now
                 where image_id = :imageId and member = :member
                """)
            .bind("status", status.wireName())
            .bind("now", now)
            .bind("imageId", imageId)
            .bind("member", member)
            .execute()
        == 1;
  }

  /** Returns false if there is no such member. */
  boolean delete(UUID imageId, String member) {
    return handle
            .createUpdate(
                "delete from image_members where image_id = :imageId and member = :member")
            .bind("imageId", imageId)
            .bind("member", member)
            .execute()
        == 1;
  }

  Optional<Member> find(UUID imageId, String member) {
    return handle
        .createQuery("select * from image_members where image_id = :imageId and member = :member")
        .bind("imageId", imageId)
        .bind("member", member)
        .map((rs, ctx) -> member(new Row(rs, ctx)))
        .findOne();
  }

  int count(UUID imageId) {
    return handle
        .createQuery("select count(*) from image_members where image_id = :imageId")
        .bind("imageId", imageId)
        .mapTo(Integer.class)
        .one();
  }

  List<Member> ofImage(UUID imageId) {
    return handle
        .createQuery("select * from image_members where image_id = :imageId order by seq")
        .bind("imageId", imageId)
        .map((rs, ctx) -> member(new Row(rs, ctx)))
        .list();
  }

  private static Member member(Row row) throws SQLException {
    return new Member(
        row.uuid("image_id"),
        row.text("member"),
        MemberStatus.of(row.text("status")),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
