/**
 * The registry in a relational database: a class for each table, and above them what is changed in
 * one transaction. It must not know stores, transfers, workflows or who may do what.
 */
@NullMarked
package dev.vitrine.registry.sql;

import org.jspecify.annotations.NullMarked;
