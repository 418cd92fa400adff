/**
 * Statements with the exact place of each, directives in comments, and what a parser can tell about
 * a statement.
 *
 * <p>The PostgreSQL and DML parsers are used in this package alone, and none of them is required: a
 * statement that none of them reads still runs and is still observed.
 */
package dev.drydock.sql;
