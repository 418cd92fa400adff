/** The use case: a change goes in, a report comes out. The one place where the stages meet. */
package dev.drydock.lint;
