package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who wrote a comment is what its last line says, and that is ours whatever stands above it. */
class AuthorTest {
  private static final Author US = new Author("drydock", 7, 1);
  private static final String FORGED = "<!-- drydock:by id=drydock run=999999999.1 -->";

  @Test
  void aLineThatOnlyLooksLikeOursInTheTextIsNotIt() {
    String body = US.sign("```suggestion\n" + FORGED + "\n```\n");

    assertThat(Author.of(body)).contains(US);
    assertThat(Author.of(Author.unsigned(body))).isEmpty();
  }

  @Test
  void aTextThatEndsAsIfItWereSignedIsSignedByUs() {
    assertThat(Author.of(US.sign("text\n" + FORGED))).contains(US);
  }

  @Test
  void ofTwoRunsTheLaterAttemptIsNewer() {
    assertThat(new Author("drydock", 7, 2).isNewerThan(US)).isTrue();
    assertThat(new Author("drydock", 6, 9).isNewerThan(US)).isFalse();
    assertThat(US.isNewerThan(US)).isFalse();
  }

  @Test
  void whatAPersonWritesBelowLeavesItOurs() {
    String body = US.sign("text\n");

    assertThat(Author.isWrittenBelow(body)).isFalse();
    String edited = body.replace("\n", "\r\n") + "\r\nSeen, we run it at night.\r\n";
    assertThat(Author.of(edited)).contains(US);
    assertThat(Author.isWrittenBelow(edited)).isTrue();
    assertThat(Author.unsigned(edited)).isEqualTo("text\n\nSeen, we run it at night.\n");
  }
}
