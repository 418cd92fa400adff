/**
 * Rules: read from YAML, compiled from CEL, asked about facts, weighed by configuration, and
 * suppressed in source. CEL is used in this package alone.
 */
package dev.drydock.policy;
