package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockDecisionsTest {

  private static String decisions(String block) {
    return String.join(" ", BlockDecisions.before(block, block.indexOf("drop table"), Set.of()));
  }

  @Test
  void whatTheBlockAlwaysComesToIsDecidedByNothing() {
    assertThat(
            decisions(
                """
                do $$ begin
                  if a > 1 then null; end if;
                  for r in select 1 from b loop null; end loop;
                  case c when 1 then null; else null; end case;
                  drop table t;
                end $$"""))
        .isEmpty();
  }

  @Test
  void ofNestedBranchesAndLoopsTheOutermostStandsFirst() {
    assertThat(
            decisions(
                """
                do $x$
                begin
                  <<outermost>>
                  for r in select * from "B c" loop
                    if r.a = 'from d' then
                      null;
                    elsif (case when r.e then 1 else 2 end) = 1 then
                      null;
                    else
                      loop
                        drop table t;
                      end loop;
                    end if;
                  end loop;
                end $x$"""))
        .isEqualTo(
            "for r in select * from B c if r . a = elsif ( case when r . e then else end ) ="
                + " for r in select * from B c");
  }

  @Test
  void whatAVariableWasGivenBelongsToIt() {
    String block =
        """
        do $$
        declare
          few bigint := (select count(*) from a);
          many bigint;
        begin
          select count(*) into strict many from b;
          other := 1 + (select count(*) from c);
          if %s > 10 then drop table t; end if;
        end $$""";
    assertThat(decisions(block.formatted("few"))).contains("from a").doesNotContain("from b");
    assertThat(decisions(block.formatted("MANY"))).contains("from b").doesNotContain("from a");
    assertThat(decisions(block.formatted("other"))).contains("from c").doesNotContain("from a");
  }

  @Test
  void aVariableIsGivenNothingByTheWordsOfTheQueryBehindIt() {
    String block =
        """
        do $$ begin
          select a, b into first, second from c where d = 1;
          if %s > 10 then drop table t; end if;
        end $$""";
    assertThat(decisions(block.formatted("second"))).contains("from c");
    assertThat(decisions(block.formatted("(select e from f)"))).doesNotContain("from c");
  }

  @Test
  void whatHandlesAnErrorIsDecidedByNoRows() {
    assertThat(
            decisions(
                """
                do $$ begin
                  if a > (select count(*) from b) then
                    begin
                      null;
                    exception when others then
                      drop table t;
                    end;
                  end if;
                end $$"""))
        .isEmpty();
  }

  @Test
  void whatIsKnownToBeComeToDecidesNothingMore() {
    String block = "do $$ begin if a then if b then drop table t; end if; end if; end $$";
    int target = block.indexOf("drop table");
    assertThat(BlockDecisions.before(block, target, Set.of(block.indexOf("if a"))))
        .containsExactly("if", "b");
    assertThat(BlockDecisions.around(block, target)).contains(block.indexOf("if b"));
  }
}
