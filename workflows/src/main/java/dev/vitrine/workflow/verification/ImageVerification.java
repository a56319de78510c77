package dev.vitrine.workflow.verification;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.vitrine.activity.LocationCheck;
import dev.vitrine.json.Wire;
import java.util.List;
import java.util.UUID;

/**
 * What came of the verification of an image.
 *
 * @param locations each place of its data; none if it has no data
 */
@Wire
public record ImageVerification(UUID imageId, List<LocationCheck> locations) {

  public ImageVerification {
    locations = List.copyOf(locations);
  }

  /** Whether nothing is to be done about any of them. */
  @JsonIgnore
  public boolean isGood() {
    return locations.stream().noneMatch(each -> each.outcome().isBad());
  }
}
