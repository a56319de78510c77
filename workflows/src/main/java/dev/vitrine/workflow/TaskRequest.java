package dev.vitrine.workflow;

import dev.vitrine.access.Requester;
import dev.vitrine.json.Wire;
import dev.vitrine.task.TaskInput;
import java.util.UUID;

/** One task run. */
@Wire
public record TaskRequest(UUID taskId, TaskInput input, Requester by) {}
