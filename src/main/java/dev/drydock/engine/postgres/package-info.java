/**
 * Replays a history on PostgreSQL: applied migrations as they are, pending ones under observation,
 * and what a nearly empty database would not show besides.
 */
package dev.drydock.engine.postgres;
