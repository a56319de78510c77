package dev.vitrine.cli;

import picocli.CommandLine;

/** Which commands there are, and below which. */
final class CommandTree {

  private CommandTree() {}

  static CommandLine of(Vitrine vitrine) {
    return new CommandLine(vitrine)
        .addSubcommand(new UploadCommand(vitrine))
        .addSubcommand(tasks(vitrine))
        .addSubcommand(images(vitrine))
        .addSubcommand(
            new CommandLine(new AuditCommands()).addSubcommand(new AuditCommands.Listing(vitrine)))
        .addSubcommand(
            new CommandLine(new WebhookCommands())
                .addSubcommand(new WebhookCommands.Listing(vitrine))
                .addSubcommand(new WebhookCommands.DeadLetters(vitrine))
                .addSubcommand(new WebhookCommands.Resend(vitrine)))
        .addSubcommand(measurements(vitrine))
        .addSubcommand(new ReconcileCommand(vitrine))
        .addSubcommand(new VerifyCommands.Fsck(vitrine))
        .addSubcommand(new CodecServerCommand(vitrine))
        .addSubcommand(new TortureCommand(vitrine))
        .addSubcommand(new LifecycleCommand(vitrine))
        .addSubcommand(new DemoCommand())
        .addSubcommand(new DevCommand());
  }

  private static CommandLine tasks(Vitrine vitrine) {
    return new CommandLine(new TaskCommands())
        .addSubcommand(
            new CommandLine(new TaskCommands.Run())
                .addSubcommand(new TaskRunCommands.Import(vitrine))
                .addSubcommand(new TaskRunCommands.Export(vitrine))
                .addSubcommand(new TaskRunCommands.Clone(vitrine)))
        .addSubcommand(new ShowCommands.Tasks(vitrine))
        .addSubcommand(new TaskCommands.Show(vitrine))
        .addSubcommand(new TaskCommands.Watch(vitrine))
        .addSubcommand(new TaskCommands.Retry(vitrine))
        .addSubcommand(new TaskCommands.Cancel(vitrine));
  }

  private static CommandLine images(Vitrine vitrine) {
    return new CommandLine(new ImageCommands())
        .addSubcommand(new ListCommand(vitrine))
        .addSubcommand(new ShowCommands.Image(vitrine))
        .addSubcommand(new SendCommands.Create(vitrine))
        .addSubcommand(new SetCommands.Setting(vitrine))
        .addSubcommand(new SetCommands.Unset(vitrine))
        .addSubcommand(new SendCommands.Upload(vitrine))
        .addSubcommand(new SendCommands.Stage(vitrine))
        .addSubcommand(new SendCommands.Import(vitrine))
        .addSubcommand(new SaveCommand(vitrine))
        .addSubcommand(new ShowCommands.History(vitrine))
        .addSubcommand(
            new CommandLine(new MemberCommands())
                .addSubcommand(new MemberCommands.Members(vitrine))
                .addSubcommand(new MemberCommands.Add(vitrine))
                .addSubcommand(new MemberCommands.Setting(vitrine))
                .addSubcommand(new MemberCommands.Remove(vitrine)))
        .addSubcommand(new ImageCommands.Register(vitrine))
        .addSubcommand(new ImageCommands.AddLocation(vitrine))
        .addSubcommand(new ImageCommands.Deactivate(vitrine))
        .addSubcommand(new ImageCommands.Reactivate(vitrine))
        .addSubcommand(new UploadCommands.Watch(vitrine))
        .addSubcommand(new UploadCommands.Cancel(vitrine))
        .addSubcommand(new VerifyCommands.Images(vitrine))
        .addSubcommand(new DeleteCommand(vitrine));
  }

  private static CommandLine measurements(Vitrine vitrine) {
    return new CommandLine(new BenchCommands())
        .addSubcommand(new BenchCommands.Api(vitrine))
        .addSubcommand(new BenchCommands.Upload(vitrine))
        .addSubcommand(new BenchCommands.Download(vitrine))
        .addSubcommand(new BenchBytesCommand(vitrine))
        .addSubcommand(new BenchDurableCommand(vitrine))
        .addSubcommand(new BenchGrowthCommand(vitrine));
  }
}
