/**
 * Starts PostgreSQL servers, or uses one of the user's, contains what runs on them, and leaves
 * nothing behind.
 */
package dev.drydock.engine.postgres.server;
