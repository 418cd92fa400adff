package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stand-in for an extension lacks does not end the run where it does not matter. */
@Timeout(300)
class StandInExtensionTest extends InDirectory {
  @Test
  void anIndexOfAnExtensionThatIsAStandInDoesWithoutItsOptions() throws IOException {
    write(
        "V1__shop.sql",
        """
        create extension vector;
        create table a (v vector(3));
        create index on a using hnsw (v vector_cosine_ops) with (m = 16, ef_construction = 64);
        create index on a using ivfflat (v vector_l2_ops) WITH (lists = 100) where v is not null;
        """);
    write(
        "V2__more.sql",
        "create index concurrently on a using hnsw (v vector_l2_ops) with (m=8);\n");
    CommandLineRun run = run("lint", "V2__more.sql", "--applied", "V1__shop.sql");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(0);
    assertThat(run.out()).doesNotContain("fails");
  }
}
