package dev.vitrine.inspect;

/** QEMU's former format, which nobody takes. Source: QEMU's {@code docs/interop/qed_spec.rst}. */
final class Qed {

  private Qed() {}

  static Step begin() {
    return Step.probe(
        0,
        4,
        head ->
            Fields.has(head, 0, "QED\0")
                ? Step.dangerous(DiskFormat.QED, "which is not taken in any form")
                : Step.NO);
  }
}
