package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockDecisionsTest {

  private static String decisions(String block) {
    return String.join(" ", BlockDecisions.before(block, block.indexOf("drop table")));
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
            "for r in select * from B c if r . a = elsif ( case when r . e then else end ) =");
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
}
