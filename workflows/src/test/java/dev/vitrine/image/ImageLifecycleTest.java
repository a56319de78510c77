package dev.vitrine.image;

import static dev.vitrine.image.ImageLifecycle.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.lifecycle.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every status with every event, against the contract written out by hand. */
final class ImageLifecycleTest {

  /**
   * A row an event, a column a status. A number is the contract's edge, {@code =} succeeds without
   * effect, {@code -} is refused.
   */
  private static final String CONTRACT =
      """
      event             none  queued saving uploading importing active deactivated killed deleted pending_delete
      CREATE            1     -      -      -         -         -      -           -      -       -
      CREATE_EMPTY      2     -      -      -         -         -      -           -      -       -
      ADD_LOCATION      -     3      -      -         -         -      -           -      -       -
      BEGIN_UPLOAD      -     4      -      -         -         -      -           -      -       -
      UPLOAD_SUCCEEDED  -     -      6      -         -         -      -           -      -       -
      UPLOAD_KILLED     -     -      7      -         -         -      -           -      -       -
      UPLOAD_REQUEUED   -     -      8      -         -         -      -           -      -       -
      BEGIN_STAGE       -     18     -      -         -         -      -           -      -       -
      STAGE_FAILED      -     -      -      19        -         -      -           -      -       -
      BEGIN_IMPORT      -     20     -      21        -         -      -           -      -       -
      IMPORT_SUCCEEDED  -     -      -      -         22        -      -           -      -       -
      IMPORT_FAILED     -     -      -      -         23        -      -           -      -       -
      DELETE            -     5      9      24        25        10     14          16     -       -
      DELAYED_DELETE    -     -      -      -         -         11     15          -      -       -
      DEACTIVATE        -     -      -      -         -         12     =           -      -       -
      REACTIVATE        -     -      -      -         -         =      13          -      -       -
      SCRUB             -     -      -      -         -         -      -           -      -       17
      """;

  /** Where each edge leads, from the first to the last. */
  private static final List<String> TARGETS =
      List.of(
          "queued",
          "active",
          "active",
          "saving",
          "deleted",
          "active",
          "killed",
          "queued",
          "deleted",
          "deleted",
          "pending_delete",
          "deactivated",
          "active",
          "deleted",
          "pending_delete",
          "deleted",
          "deleted",
          "uploading",
          "queued",
          "importing",
          "importing",
          "active",
          "queued",
          "deleted",
          "deleted");

  static Stream<Arguments> cells() {
    List<String[]> rows = CONTRACT.lines().map(line -> line.split(" +")).toList();
    String[] head = rows.get(0);
    List<Arguments> cells = new ArrayList<>();
    for (String[] row : rows.subList(1, rows.size())) {
      for (int column = 1; column < head.length; column++) {
        cells.add(Arguments.of(head[column], row[0], row[column]));
      }
    }
    return cells.stream();
  }

  @Test
  void coversEveryStatusAndEvent() {
    assertThat(cells()).hasSize((ImageStatus.values().length + 1) * ImageEvent.values().length);
    assertThat(TABLE.edges()).hasSize(TARGETS.size());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void decidesAsTheContractSays(String status, String event, String expected) {
    ImageStatus from = status.equals("none") ? null : ImageStatus.of(status);
    Decision<ImageStatus, ImageEvent> decision = TABLE.decide(from, ImageEvent.valueOf(event));

    assertThat(inTheContractsWords(decision, from)).isEqualTo(expected);
    if (decision instanceof Decision.Move<ImageStatus, ImageEvent> move) {
      int number = move.edge().number();
      assertThat(move.edge().to().wireName()).isEqualTo(TARGETS.get(number - 1));
    }
  }

  private static String inTheContractsWords(
      Decision<ImageStatus, ImageEvent> decision, @Nullable ImageStatus from) {
    if (decision instanceof Decision.Move<ImageStatus, ImageEvent> move) {
      assertThat(move.edge().from()).isEqualTo(from);
      return String.valueOf(move.edge().number());
    }
    if (decision instanceof Decision.Unchanged<ImageStatus, ImageEvent> unchanged) {
      assertThat(unchanged.status()).isEqualTo(from);
      return "=";
    }
    return "-";
  }

  @Test
  void letsNothingLeaveDeleted() {
    assertThat(TABLE.allowed(ImageStatus.DELETED)).isEmpty();
  }

  @Test
  void keepsTheWireNamesOfGlance() {
    assertThat(Arrays.stream(ImageStatus.values()).map(ImageStatus::wireName))
        .containsExactly(
            "queued",
            "saving",
            "uploading",
            "importing",
            "active",
            "deactivated",
            "killed",
            "deleted",
            "pending_delete");
    for (ImageStatus status : ImageStatus.values()) {
      assertThat(ImageStatus.of(status.wireName())).isEqualTo(status);
    }
  }
}
