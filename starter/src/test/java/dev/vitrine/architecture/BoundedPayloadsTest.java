package dev.vitrine.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.vitrine.activity.ImportActivities;
import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.StoresTransferred;
import dev.vitrine.activity.TaskActivities;
import dev.vitrine.image.Image;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.ImportRequest;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskSubject;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.reconciliation.ReconciliationRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationResult;
import dev.vitrine.workflow.task.TaskRequest;
import io.temporal.activity.ActivityInterface;
import io.temporal.workflow.WorkflowInterface;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What crosses Temporal has a size that its type bounds. A map or a list of texts has none, so that
 * it stands only in inputs whose size is checked before they are accepted, and in no answer.
 */
class BoundedPayloadsTest {

  /**
   * Inputs that {@code MetadataSize} limits, names of stores, of which an import has a hundred at
   * most, with causes that are cut; the handful of values of a task's result, and of a pass ten
   * lines that are cut and a mark for each kind.
   */
  private static final Set<String> BOUNDED =
      Set.of(
          NewImage.class.getName() + ".properties",
          NewImage.class.getName() + ".tags",
          TaskInput.Import.class.getName() + ".imageProperties",
          TaskInput.Clone.class.getName() + ".imageProperties",
          TaskInput.ImageImport.class.getName() + ".backend",
          ImportRequest.class.getName() + ".stores",
          TaskSubject.class.getName() + ".backend",
          ImportOrder.class.getName() + ".stores",
          ImportActivities.class.getName() + ".succeedImport",
          ImportActivities.class.getName() + ".failImport",
          StoresTransferred.class.getName() + ".dropped",
          TaskSummary.class.getName() + ".result",
          TaskActivities.class.getName() + ".succeedTask",
          ReconciliationResult.class.getName() + ".notSettled",
          ReconciliationResult.class.getName() + ".next",
          ReconciliationRequest.class.getName() + ".next");

  /** Where those inputs may come in, once each. */
  private static final Set<Class<?>> INPUTS = Set.of(NewImage.class, TaskInput.class);

  @Test
  void noStepCarriesMetadata() {
    List<String> found = new ArrayList<>();
    for (Class<?> type : interfaces()) {
      found.addAll(unbounded(type));
    }

    assertThat(found).isEmpty();
  }

  @Test
  void seesEveryInterface() {
    assertThat(interfaces())
        .extracting(Class::getSimpleName)
        .contains("TaskWorkflow", "ImageActivities");
  }

  @Test
  void noticesWhatDoes() {
    assertThat(unbounded(Leaky.class))
        .containsExactlyInAnyOrder(
            "Leaky.image -> Image.properties",
            "Leaky.image -> Image.tags",
            "Leaky.task -> Optional -> Task.input: an input in an answer",
            "Leaky.task -> Optional -> Task.result",
            "Leaky.request: an input in an answer");
  }

  /** Steps that say too much. */
  interface Leaky {
    Image image();

    Optional<Task> task();

    NewImage request(TaskRequest input);
  }

  private static List<Class<?>> interfaces() {
    List<Class<?>> found = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.vitrine.workflow", "dev.vitrine.activity")) {
      if (type.isAnnotatedWith(WorkflowInterface.class)
          || type.isAnnotatedWith(ActivityInterface.class)) {
        found.add(type.reflect());
      }
    }
    return found;
  }

  private static List<String> unbounded(Class<?> type) {
    List<String> found = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      String at = type.getSimpleName() + "." + method.getName();
      String key = type.getName() + "." + method.getName();
      walk(method.getGenericReturnType(), at, key, false, found, new HashSet<>());
      for (Type parameter : method.getGenericParameterTypes()) {
        walk(parameter, at, key, true, found, new HashSet<>());
      }
    }
    return found;
  }

  /**
   * @param at the way to it, for the message
   * @param key the class and member that has the type
   */
  private static void walk(
      Type type, String at, String key, boolean input, List<String> found, Set<Type> above) {
    if (type instanceof ParameterizedType parameterized) {
      Class<?> raw = (Class<?>) parameterized.getRawType();
      boolean texts = parameterized.getActualTypeArguments()[0] == String.class;
      if ((raw == Map.class || texts) && !BOUNDED.contains(key)) {
        found.add(at);
      }
      for (Type argument :
          raw == Map.class ? new Type[0] : parameterized.getActualTypeArguments()) {
        walk(argument, at + " -> " + raw.getSimpleName(), key, input, found, above);
      }
      return;
    }
    Class<?> shape = (Class<?>) type;
    if (INPUTS.contains(shape) && !input) {
      found.add(at + ": an input in an answer");
      return;
    }
    if ((shape == Object.class && !BOUNDED.contains(key)) || shape.isArray()) {
      found.add(at);
    }
    if (!above.add(shape)) {
      return;
    }
    if (shape.isSealed() && shape.isInterface()) {
      for (Class<?> one : shape.getPermittedSubclasses()) {
        walk(one, at, key, input, found, above);
      }
    }
    if (shape.isRecord()) {
      for (RecordComponent part : shape.getRecordComponents()) {
        walk(
            part.getGenericType(),
            at + " -> " + shape.getSimpleName() + "." + part.getName(),
            shape.getName() + "." + part.getName(),
            input,
            found,
            above);
      }
    }
    above.remove(shape);
  }
}
