package dev.vitrine.fake;

import dev.vitrine.activity.ExportRequest;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.StoresTransferRequest;
import dev.vitrine.activity.StoresTransferred;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.activity.Transferred;
import dev.vitrine.image.ExpectedData;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Transfers that report half of their data and then stay, without a thread, until released. */
final class HeldTransfers implements TransferActivities {

  @Override
  public Transferred transfer(TransferRequest request) {
    return hold("transfer");
  }

  @Override
  public StoresTransferred transferToStores(StoresTransferRequest request) {
    hold("transfer");
    return new StoresTransferred(0, "", "", null, 1, List.of(), Map.of());
  }

  @Override
  public ExpectedData describeFromRegion(UUID taskId, UUID imageId, Source.OfRegion source) {
    return ExpectedData.NONE;
  }

  @Override
  public Transferred measureLocation(TransferRequest request) {
    return hold("transfer");
  }

  @Override
  public Transferred exportImage(ExportRequest request) {
    return hold("export");
  }

  @Override
  public void discardExport(UUID taskId, String destination) {}

  @Override
  public Integer removeLocation(UUID imageId, UUID locationId) {
    return 1;
  }

  private static Transferred hold(String step) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    context.heartbeat(
        new TransferHeartbeat(step, FakeVitrine.HALF, FakeVitrine.DATA.size(), 1024, 1, "etag", 0));
    context.doNotCompleteOnReturn();
    return Transferred.of(FakeVitrine.DATA, 1);
  }
}
