package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

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
  void aConstantThatIsExecutedIsReadAndWhatIsPutTogetherIsNot() {
    assertThat(
            found(
                """
                do $$ begin
                  execute 'update orders set note = ''none'' where note is null' using 1;
                  execute $q$delete from refunds$q$;
                  execute 'update ' || name || ' set note = 1';
                  execute format('update %I set note = 1', name);
                  execute 'alter table orders add column a int';
                end $$
                """))
        .containsExactly("UPDATE orders", "DELETE refunds all rows");
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
