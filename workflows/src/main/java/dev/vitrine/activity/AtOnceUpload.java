package dev.vitrine.activity;

import dev.vitrine.access.Requester;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.json.Wire;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One upload that may be done at once.
 *
 * @param begin as for {@link ImageActivities#beginUpload}
 * @param complete as for {@link ImageActivities#completeUpload}
 * @param store as for {@link ImageActivities#beginUpload}
 * @param taskId the task whose upload this is; null if none
 */
@Wire
public record AtOnceUpload(
    UUID imageId,
    Source source,
    ExpectedData expected,
    FailurePolicy policy,
    Requester by,
    @Nullable String store,
    @Nullable UUID taskId,
    Operation begin,
    Operation complete) {}
