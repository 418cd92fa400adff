package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeadingKeywordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)      | CREATE INDEX
          create /* x */ index -- y                        | CREATE INDEX
          CREATE UNLOGGED TABLE t ()                       | CREATE TABLE
          CREATE LOCAL TEMP TABLE IF NOT EXISTS t (a int)  | CREATE TABLE
          CREATE TABLE t (a) AS SELECT 1                   | CREATE TABLE AS
          CREATE TABLE t (a int GENERATED ALWAYS AS (1) STORED) | CREATE TABLE
          CREATE FOREIGN TABLE t (a int) SERVER s          | CREATE FOREIGN TABLE
          CREATE FOREIGN DATA WRAPPER w                    | CREATE FOREIGN DATA WRAPPER
          CREATE MATERIALIZED VIEW v AS SELECT 1           | CREATE MATERIALIZED VIEW
          CREATE OR REPLACE TEMP RECURSIVE VIEW v AS x     | CREATE VIEW
          CREATE OR REPLACE FUNCTION f() RETURNS int       | CREATE FUNCTION
          CREATE CONSTRAINT TRIGGER t AFTER INSERT         | CREATE TRIGGER
          CREATE EVENT TRIGGER t ON sql_drop               | CREATE EVENT TRIGGER
          CREATE TRUSTED PROCEDURAL LANGUAGE l             | CREATE LANGUAGE
          CREATE DEFAULT CONVERSION c FOR a TO b FROM f    | CREATE CONVERSION
          CREATE TEXT SEARCH CONFIGURATION c (COPY = d)    | CREATE TEXT SEARCH CONFIGURATION
          CREATE OPERATOR CLASS c FOR TYPE t               | CREATE OPERATOR CLASS
          CREATE USER u                                    | CREATE ROLE
          CREATE USER MAPPING FOR u SERVER s               | CREATE USER MAPPING
          ALTER TABLE IF EXISTS ONLY t ADD a int           | ALTER TABLE
          ALTER DEFAULT PRIVILEGES GRANT SELECT            | ALTER DEFAULT PRIVILEGES
          ALTER GROUP g ADD USER u                         | ALTER ROLE
          DROP INDEX CONCURRENTLY IF EXISTS i              | DROP INDEX
          DROP TABLE "t"                                   | DROP TABLE
          DROP OWNED BY u                                  | DROP OWNED
          DROP PROCEDURAL LANGUAGE l                       | DROP LANGUAGE
          REFRESH MATERIALIZED VIEW CONCURRENTLY v         | REFRESH MATERIALIZED VIEW
          VACUUM (FULL) t                                  | VACUUM
          REINDEX (VERBOSE) TABLE t                        | REINDEX
          CLUSTER t USING i                                | CLUSTER
          LOCK t                                           | LOCK TABLE
          TRUNCATE t                                       | TRUNCATE TABLE
          DO $$ BEGIN END $$                               | DO
          CALL p()                                         | CALL
          COMMENT ON TABLE t IS 'x'                        | COMMENT
          GRANT SELECT ON t TO u                           | GRANT
          GRANT a TO u                                     | GRANT ROLE
          REVOKE a FROM u                                  | REVOKE ROLE
          REVOKE ALL ON ALL TABLES IN SCHEMA s FROM u      | REVOKE
          WITH a AS (SELECT 1) INSERT INTO t SELECT 1      | INSERT
          WITH RECURSIVE a AS (SELECT 1), "b" AS (SELECT 2) DELETE FROM t | DELETE
          WITH update AS (UPDATE t SET a = 1 RETURNING *), delete AS (SELECT 1) SELECT 1 | SELECT
          (SELECT 1) UNION SELECT 2                        | SELECT
          ((VALUES (1)))                                   | SELECT
          SELECT a INTO b FROM c                           | SELECT INTO
          SELECT a FROM b                                  | SELECT
          TABLE t                                          | SELECT
          UPDATE t SET a = 1                               | UPDATE
          MERGE INTO t USING s ON true                     | MERGE
          COPY t FROM stdin                                | COPY
          EXPLAIN (ANALYZE) UPDATE t SET a = 1             | EXPLAIN
          SET LOCAL lock_timeout = '1s'                    | SET
          SET CONSTRAINTS ALL DEFERRED                     | SET CONSTRAINTS
          BEGIN ISOLATION LEVEL SERIALIZABLE               | BEGIN
          START TRANSACTION READ ONLY                      | START TRANSACTION
          END                                              | COMMIT
          ABORT                                            | ROLLBACK
          COMMIT PREPARED 'x'                              | COMMIT PREPARED
          PREPARE TRANSACTION 'x'                          | PREPARE TRANSACTION
          PREPARE x AS SELECT 1                            | PREPARE
          RELEASE SAVEPOINT s                              | RELEASE
          DISCARD TEMPORARY                                | DISCARD TEMP
          ANALYSE t                                        | ANALYZE
          NONSENSE it is                                   | NONSENSE
          CREATE                                           | CREATE
          CREATE NONSENSE x                                | CREATE NONSENSE
          ''                                               | ''
          ;                                                | ''
          """)
  void commandsAreNamedAsTheServersTags(String sql, String command) {
    assertThat(LeadingKeywords.of(sql).command()).isEqualTo(command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a) | CONCURRENTLY IF_NOT_EXISTS
          CREATE INDEX concurrently ON t (a)               | CONCURRENTLY
          CREATE INDEX "concurrently" ON t (a)             | ''
          DROP INDEX CONCURRENTLY i                        | CONCURRENTLY
          DROP INDEX CONCURRENTLY IF EXISTS i              | CONCURRENTLY IF_EXISTS
          DROP MATERIALIZED VIEW IF EXISTS v               | IF_EXISTS
          REFRESH MATERIALIZED VIEW CONCURRENTLY v         | CONCURRENTLY
          REINDEX INDEX CONCURRENTLY i                     | CONCURRENTLY
          REINDEX (CONCURRENTLY) TABLE t                   | CONCURRENTLY
          REINDEX (CONCURRENTLY off) TABLE t               | ''
          CREATE UNLOGGED TABLE IF NOT EXISTS t ()         | IF_NOT_EXISTS
          ALTER TABLE IF EXISTS ONLY t ADD a int           | IF_EXISTS
          UPDATE t SET a = 1 WHERE b                       | RESTRICTED
          UPDATE t SET a = (SELECT 1 WHERE true)           | ''
          WITH x AS (SELECT 1 WHERE true) DELETE FROM t    | ''
          DELETE FROM t WHERE a                            | RESTRICTED
          MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE                               | RESTRICTED
          MERGE INTO t USING s ON true WHEN MATCHED AND t.a THEN DELETE                            | RESTRICTED
          MERGE INTO t USING s ON true WHEN MATCHED THEN DO NOTHING                                | RESTRICTED
          MERGE INTO t USING s ON true WHEN NOT MATCHED THEN INSERT DEFAULT VALUES                 | RESTRICTED
          MERGE INTO t USING s ON ((1 = 1)) WHEN MATCHED THEN DELETE                               | ''
          MERGE INTO t USING (SELECT 1 FROM a JOIN b ON a) s ON true WHEN MATCHED THEN DELETE      | ''
          MERGE INTO t USING s ON true WHEN NOT MATCHED THEN DO NOTHING WHEN MATCHED THEN DELETE   | ''
          WITH x AS (SELECT 1) MERGE INTO t USING x ON true WHEN MATCHED THEN DELETE               | ''
          SELECT 1 WHERE true                              | ''
          """)
  void flagsComeFromTheWordsBeforeTheName(String sql, String flags) {
    Set<Syntax.Flag> expected = EnumSet.noneOf(Syntax.Flag.class);
    Arrays.stream(flags.split(" "))
        .filter(flag -> !flag.isEmpty())
        .map(Syntax.Flag::valueOf)
        .forEach(expected::add);

    assertThat(LeadingKeywords.of(sql).flags()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BEGIN                                  | BEGIN
          begin work                             | BEGIN
          START TRANSACTION                      | BEGIN
          COMMIT                                 | COMMIT
          END TRANSACTION                        | COMMIT
          COMMIT AND CHAIN                       | CHAIN
          COMMIT AND NO CHAIN                    | COMMIT
          ROLLBACK                               | ROLLBACK
          ABORT WORK                             | ROLLBACK
          ROLLBACK WORK AND CHAIN                | CHAIN
          ROLLBACK TO s                          | SAVEPOINT
          ROLLBACK WORK TO SAVEPOINT s           | SAVEPOINT
          SAVEPOINT s                            | SAVEPOINT
          RELEASE s                              | SAVEPOINT
          PREPARE TRANSACTION 'x'                | PREPARE
          COMMIT PREPARED 'x'                    | NONE
          ROLLBACK PREPARED 'x'                  | NONE
          SET TRANSACTION READ ONLY              | NONE
          CREATE TABLE t ()                      | NONE
          DO $$ BEGIN COMMIT; END $$             | NONE
          """)
  void transactionControlIsInTheFirstWords(String sql, TransactionControl control) {
    assertThat(TransactionControl.of(LeadingKeywords.of(sql))).isEqualTo(control);
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMMIT", "ROLLBACK", "CHAIN", "PREPARE"})
  void someControlsEndTheTransaction(TransactionControl control) {
    assertThat(control.ends()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "SAVEPOINT"})
  void othersLeaveItAsItIs(TransactionControl control) {
    assertThat(control.ends()).isFalse();
  }
}
