/**
 * The store in a bucket of S3 or of a server that speaks its protocol. It must not know images,
 * sources, the registry or Temporal.
 */
@NullMarked
package dev.vitrine.store.s3;

import org.jspecify.annotations.NullMarked;
