/**
 * The activities that workflows call: interfaces and the records that cross them. It must not know
 * how any of them is done.
 */
@NullMarked
package dev.vitrine.activity;

import org.jspecify.annotations.NullMarked;
