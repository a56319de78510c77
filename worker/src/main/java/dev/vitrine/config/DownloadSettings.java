package dev.vitrine.config;

/**
 * What clients' downloads may take.
 *
 * @param concurrent at once, per process
 * @param perProject of one project
 */
public record DownloadSettings(int concurrent, int perProject) {

  static DownloadSettings read(SettingsReader in) {
    int concurrent = in.number("api.concurrent-downloads", 1, UploadSettings.MOST);
    return new DownloadSettings(
        concurrent,
        UploadSettings.perProject(in, "api.concurrent-downloads-per-project", concurrent));
  }
}
