/**
 * Finding what no live workflow is going to settle. It must not know how anything is settled; that
 * is the reconciliation workflow's.
 */
@NullMarked
package dev.vitrine.reconciliation;

import org.jspecify.annotations.NullMarked;
