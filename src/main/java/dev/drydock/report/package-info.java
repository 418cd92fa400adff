/**
 * Reports in words, for people and for programs: functions of a result, without input or output.
 *
 * <p>Every text of a migration that comes out here has been made harmless for where it goes.
 */
package dev.drydock.report;
