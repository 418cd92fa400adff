/**
 * Makes the facts of a run from its observations, and compares states where a rule needs to know
 * more than one statement did.
 */
package dev.drydock.facts.mapping;
