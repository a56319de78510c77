/**
 * Who may do what: requesters, their roles, and the rules of images and tasks. It must not know how
 * anything is stored or who vouches for a requester, nor any Temporal type.
 */
@NullMarked
package dev.vitrine.access;

import org.jspecify.annotations.NullMarked;
