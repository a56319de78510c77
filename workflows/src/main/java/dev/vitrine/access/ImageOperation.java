package dev.vitrine.access;

import static dev.vitrine.access.AccessRule.ADMINS;
import static dev.vitrine.access.AccessRule.MEMBERS_OF_OWNER;
import static dev.vitrine.access.AccessRule.MEMBERS_OF_OWNER_OR_SERVICES;
import static dev.vitrine.access.AccessRule.MEMBERS_OF_SHARED;
import static dev.vitrine.access.AccessRule.MEMBERS_WHO_SEE;
import static dev.vitrine.access.AccessRule.READERS_OF_OWNER;
import static dev.vitrine.access.AccessRule.READERS_OF_OWNER_OR_SHARED;
import static dev.vitrine.access.AccessRule.READERS_OF_PROJECT;
import static dev.vitrine.access.AccessRule.READERS_WHO_SEE;
import static dev.vitrine.access.AccessRule.SERVICES;
import static dev.vitrine.access.AccessRule.SERVICES_OF_PROJECT;

import dev.vitrine.lifecycle.Lifecycle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is asked leave for, and who has it by default: the role that it takes, and what
 * the image must be to who has that role. An admin may do all of it. {@link Permissions} has the
 * table as an operator changed it.
 *
 * <p>Source: the default rules of Glance ({@code glance/policies}), whose names stand beside. The
 * exceptions are marked <em>ours</em>.
 */
public enum ImageOperation {
  /** {@code get_image}. Where it is refused there is no such image. */
  SHOW("show", READERS_WHO_SEE),
  /** {@code get_images}, of one's own project. What appears in a list is another question. */
  LIST("list", READERS_OF_OWNER),
  /** {@code download_image}; also export and clone. */
  DOWNLOAD("download", MEMBERS_WHO_SEE),

  /** {@code add_image}; for another owner it takes an admin. */
  CREATE("create", MEMBERS_OF_OWNER),
  /** {@code modify_image}: names, formats, protection, properties, tags. */
  MODIFY("modify", MEMBERS_OF_OWNER),
  /** {@code publicize_image}. */
  PUBLICIZE("make public", ADMINS),
  /** {@code communitize_image}. */
  COMMUNITIZE("make community", MEMBERS_OF_OWNER),
  /** A check in Glance's code, without a policy of its own. */
  CHANGE_OWNER("change owner", ADMINS),
  /** {@code upload_image}. */
  UPLOAD("upload", MEMBERS_OF_OWNER),
  /** {@code modify_image}: stage data and import it. */
  IMPORT("import", MEMBERS_OF_OWNER),
  /** {@code copy_image}: import an active image into further stores. */
  COPY("copy into stores", ADMINS),
  /** {@code delete_image}. */
  DELETE("delete", MEMBERS_OF_OWNER),

  /** {@code deactivate}. */
  DEACTIVATE("deactivate", MEMBERS_OF_OWNER),
  /** {@code reactivate}; what another project's admin deactivated takes an admin all the same. */
  REACTIVATE("reactivate", MEMBERS_OF_OWNER),

  /** {@code add_image_location}: the call made for it. */
  ADD_LOCATION("add location", MEMBERS_OF_OWNER_OR_SERVICES),
  /** {@code set_image_location}: as a change of the image. */
  SET_LOCATIONS("set locations", MEMBERS_OF_OWNER),
  /** {@code get_image_location}: as fields of the image. */
  SHOW_LOCATIONS("show locations", READERS_OF_OWNER),
  /** {@code fetch_image_location}: the call made for it. */
  LIST_LOCATIONS("list locations", SERVICES),
  /** {@code delete_image_location}. */
  REMOVE_LOCATION("remove location", ADMINS),
  /** {@code delete_image_location}, of the data in one of several stores. */
  DELETE_FROM_STORE("delete from store", ADMINS),

  /** {@code get_members}, {@code get_member}. */
  LIST_MEMBERS("list members", READERS_OF_OWNER_OR_SHARED),
  /** {@code add_member}. */
  ADD_MEMBER("add member", MEMBERS_OF_OWNER),
  /** {@code delete_member}. */
  REMOVE_MEMBER("remove member", MEMBERS_OF_OWNER),
  /** {@code modify_member}: of one's own membership. */
  SET_MEMBER_STATUS("set member status", MEMBERS_OF_SHARED),

  /** Ours: who did what to the image, and how far an upload is. */
  SHOW_HISTORY("show history", READERS_OF_OWNER),
  /** Ours: the same of all that the project owns, tasks as well. */
  LIST_AUDIT("list audit", READERS_OF_OWNER),
  /** Ours: how far webhooks were told, and sending again. */
  MANAGE_WEBHOOKS("manage webhooks", ADMINS),
  /** Ours: what reconciliation would settle and remove, whoever's it is. */
  SHOW_RECONCILIATION("show reconciliation", ADMINS),
  /** Ours: look at a task, as who may start workflows can. */
  SHOW_TASK("show task", READERS_OF_OWNER),
  /** Ours: run a task, as who may start workflows can. */
  CREATE_TASK("create task", MEMBERS_OF_OWNER),
  /** {@code tasks_api_access}: all of {@code /v2/tasks}, before either of the above. */
  USE_TASKS_API("use the tasks API", ADMINS),
  /** {@code stores_info_detail}. */
  SHOW_STORE_DETAILS("show store details", SERVICES_OF_PROJECT),
  /** A call without a policy of its own: what one's project has and may have. */
  SHOW_USAGE("show usage", READERS_OF_PROJECT);

  /** What has an owner and is not an image, or is none yet. */
  private static final List<ImageOperation> WITHOUT_IMAGE =
      List.of(
          LIST,
          CREATE,
          LIST_AUDIT,
          MANAGE_WEBHOOKS,
          SHOW_RECONCILIATION,
          SHOW_TASK,
          CREATE_TASK,
          USE_TASKS_API,
          SHOW_STORE_DETAILS,
          SHOW_USAGE);

  private final String verb;
  private final AccessRule rule;

  ImageOperation(String verb, AccessRule rule) {
    this.verb = verb;
    this.rule = rule;
  }

  /** As messages say it. */
  public String verb() {
    return verb;
  }

  AccessRule rule() {
    return rule;
  }

  /** Whether it is done to an image that is there. */
  boolean onImage() {
    return !WITHOUT_IMAGE.contains(this);
  }

  /** What there may be a cell for: a task and what is used of a project take one. */
  List<Relation> relations() {
    return switch (this) {
      case CREATE_TASK, SHOW_USAGE -> List.of(Relation.OWNER);
      default -> onImage() ? Relation.OF_CELLS : List.of(Relation.OWNER, Relation.SYSTEM);
    };
  }

  /** As settings write it: {@code set-locations}. */
  public String word() {
    return Lifecycle.word(this).replace('_', '-');
  }

  static Optional<ImageOperation> named(String word) {
    return Arrays.stream(values())
        .filter(operation -> operation.word().equalsIgnoreCase(word))
        .findAny();
  }
}
