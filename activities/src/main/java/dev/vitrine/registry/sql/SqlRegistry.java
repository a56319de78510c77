package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.registry.Backlog;
import dev.vitrine.registry.Deletions;
import dev.vitrine.registry.Deliveries;
import dev.vitrine.registry.Housekeeping;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.registry.Imports;
import dev.vitrine.registry.Installations;
import dev.vitrine.registry.LocationChanges;
import dev.vitrine.registry.LocationPages;
import dev.vitrine.registry.Members;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.SourceQueries;
import dev.vitrine.registry.StatusEvents;
import dev.vitrine.registry.StatusHistory;
import dev.vitrine.registry.StreamHosts;
import dev.vitrine.registry.TaskRecords;
import dev.vitrine.registry.TaskRuns;
import dev.vitrine.registry.TransferNotes;
import dev.vitrine.registry.Uploads;
import dev.vitrine.registry.sql.history.SqlDeliveries;
import dev.vitrine.registry.sql.history.SqlEvents;
import dev.vitrine.registry.sql.history.SqlHistory;
import java.time.Duration;

/** The registry on a relational database. */
record SqlRegistry(
    Database database,
    SqlImages images,
    Uploads uploads,
    Imports imports,
    Deletions deletions,
    TransferNotes transferNotes,
    SqlLocations locations,
    Members members,
    StatusHistory history,
    StatusEvents events,
    Deliveries deliveries,
    TaskRecords tasks,
    TaskRuns taskRuns,
    Backlog backlog,
    Housekeeping housekeeping,
    StreamHosts streamHosts,
    SourceQueries sourceQueries,
    Installations installations)
    implements Registry {

  /** The registry in that database, which is closed with it. */
  static SqlRegistry of(Database database, RegistryConfig config) {
    Limits limits = config.limits();
    Duration keys = config.keyTimeToLive();
    Quota quota = new Quota(database, limits);
    ImageEdges edges = new ImageEdges(database);
    StatusEvents events = new SqlEvents(database);
    return new SqlRegistry(
        database,
        new SqlImages(database, keys, limits, quota, edges),
        new SqlUploads(database, quota, edges),
        new SqlImports(database, quota, edges),
        new SqlDeletions(database, edges),
        new SqlTransferNotes(database, limits, quota),
        new SqlLocations(database, limits, edges),
        new SqlMembers(database, limits),
        new SqlHistory(database),
        events,
        new SqlDeliveries(database, events),
        new SqlTasks(database, keys, limits),
        new SqlTaskRuns(database, config.taskTimeToLive()),
        new SqlBacklog(database, config.stagingTime()),
        new SqlHousekeeping(database, config.imageRetention(), config.webhookRetention()),
        new SqlStreamHosts(database),
        new SqlSourceQueries(database),
        new SqlInstallations(database));
  }

  @Override
  public ImageLookup lookup() {
    return images;
  }

  @Override
  public LocationChanges locationChanges() {
    return locations;
  }

  @Override
  public LocationPages locationPages() {
    return locations;
  }

  @Override
  public void close() {
    database.close();
  }
}
