package dev.vitrine.workflow.action;

import static dev.vitrine.workflow.RegistrySteps.operation;

import dev.vitrine.image.ImageSummary;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.VitrineSearchAttributes;
import dev.vitrine.workflow.action.ImageAction.AddLocation;
import dev.vitrine.workflow.action.ImageAction.Deactivate;
import dev.vitrine.workflow.action.ImageAction.Reactivate;
import dev.vitrine.workflow.action.ImageAction.Register;
import io.temporal.workflow.Workflow;

/** An action: one step in the registry. */
public final class ImageActionWorkflowImpl implements ImageActionWorkflow {

  private final RegistrySteps registry = new RegistrySteps();

  @Override
  public ImageSummary act(ImageAction action) {
    String cause = action.verb() + " by " + action.by().display();
    ImageSummary image =
        registry.images(
            images -> {
              if (action instanceof Register register) {
                return images.registerImage(
                    operation("register", cause, action.by()), register.image(), register.by());
              }
              if (action instanceof AddLocation add) {
                return images.addLocation(
                    operation("add-location", cause, action.by()),
                    add.imageId(),
                    add.url(),
                    add.by());
              }
              if (action instanceof Deactivate deactivate) {
                return images.deactivate(
                    operation("deactivate", cause, action.by()),
                    deactivate.imageId(),
                    deactivate.by());
              }
              Reactivate reactivate = (Reactivate) action;
              return images.reactivate(
                  operation("reactivate", cause, action.by()),
                  reactivate.imageId(),
                  reactivate.by());
            });
    Workflow.upsertTypedSearchAttributes(
        VitrineSearchAttributes.IMAGE_STATUS.valueSet(image.status().wireName()));
    Workflow.setCurrentDetails("- image is " + image.status());
    return image;
  }
}
