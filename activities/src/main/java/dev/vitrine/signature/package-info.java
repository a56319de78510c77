/**
 * The verification of data against a signature that its owner gave with it, by certificates that
 * the operator trusts. It must not know images, stores or the registry.
 */
@NullMarked
package dev.vitrine.signature;

import org.jspecify.annotations.NullMarked;
