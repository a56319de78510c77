package dev.vitrine.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Json;
import dev.vitrine.http.RequestBody;
import dev.vitrine.http.Route;
import dev.vitrine.image.Member;
import dev.vitrine.image.MemberStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The projects that an image is shared with. */
final class ImageMembers {

  private static final String PATH = "/v2/images/{id}/members";

  private final GuardedImages images;

  ImageMembers(GuardedImages images) {
    this.images = images;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", PATH, this::list),
        Route.of("POST", PATH, this::add).taking(RequestBody.SMALL),
        Route.of("GET", PATH + "/{member}", this::show),
        Route.of("PUT", PATH + "/{member}", this::setStatus).taking(RequestBody.SMALL),
        Route.of("DELETE", PATH + "/{member}", this::remove));
  }

  private Answer list(Call call) {
    List<Map<String, Object>> members =
        images.members(imageId(call), call.requester()).stream()
            .map(ImageMembers::document)
            .toList();
    return Answer.json(
        200, Json.write(Map.of("members", members, "schema", "/v2/schemas/members")));
  }

  private Answer show(Call call) {
    return one(images.requireMember(imageId(call), call.parameter("member"), call.requester()));
  }

  /** 200, not 201: that is what the reference answers and what gophercloud expects. */
  private Answer add(Call call) {
    String project = field(call, "member", "the id of a project");
    return one(images.addMember(imageId(call), project, call.requester()));
  }

  private Answer setStatus(Call call) {
    String accepted = "pending, accepted or rejected";
    String given = field(call, "status", accepted);
    MemberStatus status;
    try {
      status = MemberStatus.of(given);
    } catch (IllegalArgumentException e) {
      throw new Invalid("status '%s': give %s".formatted(given, accepted));
    }
    return one(
        images.setMemberStatus(imageId(call), call.parameter("member"), status, call.requester()));
  }

  private Answer remove(Call call) {
    images.removeMember(imageId(call), call.parameter("member"), call.requester());
    return Answer.noContent();
  }

  private static UUID imageId(Call call) {
    return Ids.inPath("image", call.parameter("id"));
  }

  private static String field(Call call, String name, String accepted) {
    JsonNode value = Json.read(call.body()).path(name);
    if (!value.isTextual()) {
      throw new Invalid("the body has no text as '%s': give %s".formatted(name, accepted));
    }
    return value.textValue();
  }

  private static Answer one(Member member) {
    return Answer.json(200, Json.write(document(member)));
  }

  private static Map<String, Object> document(Member member) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("image_id", member.imageId());
    document.put("member_id", member.member());
    document.put("status", member.status().wireName());
    document.put("created_at", Timestamps.of(member.createdAt()));
    document.put("updated_at", Timestamps.of(member.updatedAt()));
    document.put("schema", "/v2/schemas/member");
    return document;
  }
}
