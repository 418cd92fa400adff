/**
 * Migrations in the order their tool applies them: what production has, what the change adds, and
 * what the tool would not take.
 */
package dev.drydock.history;
