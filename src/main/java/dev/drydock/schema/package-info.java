/** What a database is made of, apart from which engine it is, and how two of its states differ. */
package dev.drydock.schema;
