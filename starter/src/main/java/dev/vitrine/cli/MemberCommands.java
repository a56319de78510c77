package dev.vitrine.cli;

import dev.vitrine.backend.Reply;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteMember;
import dev.vitrine.terminal.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine image member}. */
@Command(
    name = "member",
    description = "List or change with which projects a shared image is shared.",
    synopsisSubcommandLabel = "COMMAND")
final class MemberCommands {

  /** A change of one member of one image. */
  abstract static class OfMember extends ImageCall {

    @Parameters(index = "1", paramLabel = "PROJECT", description = "The project's id.")
    private String project = "";

    OfMember(Vitrine vitrine) {
      super(vitrine);
    }

    abstract Reply change(ImageApi api, UUID imageId, String member);

    @Override
    final void call(Vitrine vitrine, ImageApi api, UUID id) {
      vitrine.output().print(change(api, id, project));
    }

    static Reply reply(RemoteMember member) {
      Map<String, @Nullable Object> lines = new LinkedHashMap<>();
      lines.put("member", member.id());
      lines.put("status", member.status());
      return new Reply(member.document(), lines);
    }
  }

  /** {@code vitrine image member list}. */
  @Command(name = "list", description = "List the members of an image.")
  static final class Members extends ImageCall {

    Members(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    void call(Vitrine vitrine, ImageApi api, UUID id) {
      List<RemoteMember> members = api.members().list(id);
      Table table = new Table(List.of("Member", "Status"), 0, Set.of());
      members.forEach(member -> table.row(member.id(), member.status()));
      vitrine.printList("members", members.stream().map(RemoteMember::document).toList(), table);
    }
  }

  /** {@code vitrine image member add}. */
  @Command(name = "add", description = "Share an image with a project; it is pending at first.")
  static final class Add extends OfMember {

    Add(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    Reply change(ImageApi api, UUID imageId, String member) {
      return reply(api.members().add(imageId, member));
    }
  }

  /** {@code vitrine image member set}. */
  @Command(name = "set", description = "Say what a project makes of it; only the project may.")
  static final class Setting extends OfMember {

    @Option(
        names = "--status",
        paramLabel = "STATUS",
        required = true,
        description = "${COMPLETION-CANDIDATES}.")
    private MemberStatus status = MemberStatus.PENDING;

    Setting(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    Reply change(ImageApi api, UUID imageId, String member) {
      return reply(api.members().set(imageId, member, status.wireName()));
    }
  }

  /** {@code vitrine image member remove}. */
  @Command(name = "remove", description = "Share it with a project no more.")
  static final class Remove extends OfMember {

    Remove(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    Reply change(ImageApi api, UUID imageId, String member) {
      api.members().remove(imageId, member);
      return Reply.of("member", member, "status", "removed");
    }
  }
}
