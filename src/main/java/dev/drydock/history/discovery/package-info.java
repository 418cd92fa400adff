/**
 * Finds the directories of a change that hold migrations, recognises the tool each is for, and
 * makes the histories.
 */
package dev.drydock.history.discovery;
