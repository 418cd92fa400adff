/**
 * Sees what a statement did to a PostgreSQL database: locks, rewrites, scans, rows and the schema.
 */
package dev.drydock.engine.postgres.watch;
