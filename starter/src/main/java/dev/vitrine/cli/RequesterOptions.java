package dev.vitrine.cli;

import dev.vitrine.backend.RequesterClaim;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On whose behalf a command acts. */
final class RequesterOptions {

  @Option(names = "--user", paramLabel = "NAME", description = "Who asks; default: $$USER.")
  private @Nullable String user;

  @Option(
      names = "--owner",
      paramLabel = "PROJECT",
      description = "The project for which it asks; it owns what is made. Default: default.")
  private @Nullable String owner;

  @Option(names = "--admin", description = "Ask as an admin.")
  private boolean admin;

  RequesterClaim claim(Shell shell) {
    return new RequesterClaim(user, owner, admin, shell.user());
  }
}
