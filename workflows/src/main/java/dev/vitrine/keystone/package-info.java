/**
 * What is said to a Keystone to get a token, by servers and clients alike. It must not know what a
 * token is wanted for, nor how a request gets there.
 */
@NullMarked
package dev.vitrine.keystone;

import org.jspecify.annotations.NullMarked;
