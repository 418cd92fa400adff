/**
 * The conventions of migration tools: one {@link dev.drydock.history.layout.Layout} for each, with
 * what it reads of the tool's own settings.
 */
package dev.drydock.history.layout;
