package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockStatementsTest {

  @Test
  void dataChangesAreFoundWhereStatementsBegin() {
    assertThat(
            found(
                """
                do $body$
                declare
                  update text := 'update a set b = 1';
                begin
                  -- update commented set b = 1;
                  insert into only_names.orders (id) values (1) on conflict do update set id = 2;
                  if true then update only "Orders" set b = case when c then 1 else 2 end where id = 1;
                  else delete from refunds; end if;
                  for r in select * from a loop
                    merge into totals using refunds on true when matched then do nothing;
                  end loop;
                  perform pg_catalog.now();
                end $body$
                """))
        .containsExactly(
            "INSERT orders", "UPDATE Orders", "DELETE refunds all rows", "MERGE totals");
  }

  @Test
  void aStatementByItselfIsFoundAsInABlock() {
    assertThat(BlockStatements.ofOne("delete from a using b where a.id = b.id"))
        .extracting(BlockStatements.Writing::table)
        .containsExactly("a");
    assertThat(BlockStatements.ofOne("with x as (update a set b = 1 returning b) select * from x"))
        .extracting(BlockStatements.Writing::table)
        .containsExactly("a");
    assertThat(BlockStatements.ofOne("select 1")).isEmpty();
  }

  @Test
  void oneExecuteMayRunSeveralStatements() {
    String block =
        """
        do $$ begin
          execute 'alter table orders add column a int; update orders set a = 1; delete from refunds where a > 1';
        end $$
        """;
    assertThat(found(block)).containsExactly("UPDATE orders all rows", "DELETE refunds");
    assertThat(BlockStatements.of(block))
        .allSatisfy(
            one -> assertThat(block.substring(one.start(), one.end())).startsWith("execute"));
  }

  @Test
  void whatIsExecutedIsReadWhereItsCommandIsAConstant() {
    assertThat(
            found(
                """
                do $$ begin
                  execute 'update orders set note = ''none'' where note is null' using 1;
                  execute $q$delete from refunds$q$;
                  execute 'alter table orders add column a int';
                  execute command || ' orders';
                end $$
                """))
        .containsExactly("UPDATE orders", "DELETE refunds all rows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~'update ' || name || ' set note = 1'~                        | ~UPDATE  all rows~
          ~'update "' || name || '" set note = 1'~                      | ~UPDATE  all rows~
          ~'delete from shop.' || quote_ident(name)~                    | ~DELETE  all rows~
          ~'delete from ' || name || ' where id = ' || id~              | ~DELETE ~
          ~'update orders set note = ' || quote_literal(n || '|')~      | ~UPDATE orders all rows~
          ~'update orders set note = ' || note~                         | ~UPDATE orders~
          ~'delete from orders ' || condition~                          | ~DELETE orders~
          ~format('update %I.%I set note = %L', s, t, 'a') using b~     | ~UPDATE  all rows~
          ~format('update only %1$s set note = 1', t)~                  | ~UPDATE  all rows~
          ~format('update orders set %s', assignments)~                 | ~UPDATE orders~
          ~format('delete from orders where %I = 1', c)~                | ~DELETE orders~
          ~format('delete from orders') || ' where a'~                  | ~DELETE orders~
          ~format('delete from orders where true')~                     | ~DELETE orders all rows~
          ~format('delete from orders where 1=1 and a')~                | ~DELETE orders~
          """)
  void whatIsPutTogetherIsReadAsFarAsItsConstantsTell(String expression, String expected) {
    assertThat(found("do $$ begin execute " + expression + "; end $$")).containsExactly(expected);
  }

  @Test
  void aQueryHasThemInParentheses() {
    String query =
        """
        with old as (select id from (select 1) delete),
          gone as (delete from only shop.orders where id in (select id from old) returning *),
          paid as (update refunds set paid = (now()) returning id)
        insert into archive select * from gone
        """;

    List<BlockStatements.Writing> found = BlockStatements.ofQuery(query);

    assertThat(found)
        .extracting(w -> w.command() + " " + w.table() + " " + w.changesAllRows())
        .containsExactly("DELETE orders false", "UPDATE refunds true");
    assertThat(query.substring(found.get(1).start(), found.get(1).end()))
        .isEqualTo("update refunds set paid = (now()) returning id");
    assertThat(BlockStatements.ofQuery("select (update)")).isEmpty();
    assertThat(BlockStatements.ofQuery("explain (analyze, costs off) delete from a "))
        .containsExactly(new BlockStatements.Writing("DELETE", "a", "delete from a", 29, 42));
    assertThat(BlockStatements.ofQuery("explain analyze verbose select (delete)")).isEmpty();
  }

  @Test
  void theSpanIsThatOfTheStatement() {
    String block = "do 'begin update orders set a = 1 ; end'";

    BlockStatements.Writing only = BlockStatements.of(block).getFirst();

    assertThat(block.substring(only.start(), only.end())).isEqualTo("update orders set a = 1");
    assertThat(only.sql()).isEqualTo("update orders set a = 1");
  }

  @Property
  void noTextIsTooBroken(
      @ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '~') String text) {
    assertThat(BlockStatements.of("do $$" + text + ";update a set b=1" + text))
        .allMatch(writing -> writing.start() < writing.end());
    assertThat(BlockStatements.of("do $$begin execute 'update a' ||" + text + "||" + text))
        .allMatch(w -> w.start() < w.end());
    assertThat(BlockStatements.of("do '" + text)).allMatch(w -> w.start() < w.end());
    assertThat(BlockStatements.ofQuery("with a as (update " + text + "(delete " + text))
        .allMatch(w -> w.start() < w.end());
  }

  private static List<String> found(String block) {
    return BlockStatements.of(block).stream()
        .map(w -> w.command() + " " + w.table() + (w.changesAllRows() ? " all rows" : ""))
        .toList();
  }
}
