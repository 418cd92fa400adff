package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/** A comment as a Markdown parser sees it. */
public final class ParsedComment extends AbstractVisitor {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create(), AutolinkExtension.create()))
          .build();

  /** What GitHub makes a mention, an issue, a commit or a link of, in text that is not code. */
  private static final Pattern LINKABLE =
      Pattern.compile("@|#\\d|(?i)\\bGH-\\d|://|\\bwww\\.|\\b[0-9a-f]{7,64}\\b|:[a-z+1]+:|\\$");

  private static final Pattern HTML =
      Pattern.compile(
          "(?:</details>\\n?)?<details(?: open)?><summary>(?:[^<>]++|<code>[^<>]*+</code>)*+</summary>"
              + "|</details>|<!-- drydock:v1 [A-Za-z0-9 =._-]*[A-Za-z0-9=._-] -->");

  private static final Pattern DIAGRAM =
      Pattern.compile(
          "gantt|erDiagram|  (?:dateFormat x|axisFormat %-S|tickInterval 1second|todayMarker off)"
              + "|  whole transaction :done, 0, \\d+"
              + "|  line \\d+ [\\p{L}\\p{N}._ -]*:(?:crit, )?\\d+, \\d+"
              + "|  \\w+ \\{|    \\w+ \\w+|  }|  \\w+ }o--\\|\\| \\w+ : \\w+");

  private final List<String> links = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<String> blocks = new ArrayList<>();
  private final List<String> fences = new ArrayList<>();
  private final List<String> forbidden = new ArrayList<>();
  private final List<Integer> rows = new ArrayList<>();
  private final String markdown;
  private int headings;
  private boolean endsInFence;

  private ParsedComment(String markdown) {
    this.markdown = markdown;
  }

  public static ParsedComment of(String markdown) {
    ParsedComment comment = new ParsedComment(markdown);
    Node document = PARSER.parse(markdown);
    document.accept(comment);
    comment.endsInFence =
        document.getLastChild() instanceof FencedCodeBlock last
            && !markdown.stripTrailing().endsWith("`".repeat(last.getOpeningFenceLength()));
    return comment;
  }

  List<Integer> rows() {
    return rows;
  }

  int headings() {
    return headings;
  }

  List<String> fences() {
    return fences;
  }

  public long comments() {
    return blocks.stream().filter(block -> block.contains("<!--")).count();
  }

  /**
   * Fails when something is there that only we may say.
   *
   * @param targets where links may lead
   */
  public void assertQuiet(List<String> targets) {
    assertThat(forbidden).isEmpty();
    assertThat(links).allMatch(link -> targets.stream().anyMatch(link::startsWith));
    for (String text : texts) {
      assertThat(text).doesNotContainPattern(LINKABLE);
    }
    for (String block : blocks) {
      for (String line : block.split("\n")) {
        assertThat(line).matches(HTML);
        assertThat(line.replaceAll("<code>[^<>]*</code>|<!-- .* -->|&#39;", ""))
            .doesNotContainPattern(LINKABLE);
      }
    }
    assertThat(count("<details")).isEqualTo(count("</details>"));
    assertThat(fences).allMatch(List.of("sql", "diff", "mermaid", "suggestion")::contains);
    assertThat(endsInFence).as("an open fence at the end").isFalse();
    assertThat(markdown.codePoints().filter(c -> c != '\n' && c != '\t' && VisibleText.hidden(c)))
        .isEmpty();
  }

  private long count(String tag) {
    return blocks.stream().flatMap(String::lines).filter(line -> line.contains(tag)).count();
  }

  @Override
  public void visit(Heading heading) {
    headings++;
    visitChildren(heading);
  }

  @Override
  public void visit(Text text) {
    texts.add(text.getLiteral());
  }

  @Override
  public void visit(Link link) {
    links.add(link.getDestination());
    visitChildren(link);
  }

  @Override
  public void visit(FencedCodeBlock block) {
    fences.add(block.getInfo());
    if (block.getInfo().equals("mermaid")) {
      block.getLiteral().lines().filter(l -> !DIAGRAM.matcher(l).matches()).forEach(forbidden::add);
    }
  }

  @Override
  public void visit(HtmlBlock html) {
    blocks.add(html.getLiteral());
  }

  @Override
  public void visit(HtmlInline html) {
    if (!html.getLiteral().matches("</?sub>")) {
      forbidden.add(html.getLiteral());
    }
  }

  @Override
  public void visit(StrongEmphasis strong) {
    strong.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            if (!text.getLiteral()
                .matches(
                    "Not judged|Also|Observed|Weighed|Why|What to do|Instead|Then|Ask production first\\.|See also|new|fails"
                        + "|Fixed in \\.|This change also alters how it is judged")) {
              forbidden.add(text.getLiteral());
            }
          }

          @Override
          public void visit(Code unused) {}
        });
  }

  @Override
  public void visit(Emphasis node) {
    forbidden.add("emphasis");
  }

  @Override
  public void visit(Image node) {
    forbidden.add("image");
  }

  @Override
  public void visit(IndentedCodeBlock node) {
    forbidden.add("indented code");
  }

  @Override
  public void visit(ThematicBreak node) {
    forbidden.add("rule");
  }

  @Override
  public void visit(HardLineBreak node) {
    forbidden.add("hard line break");
  }

  @Override
  public void visit(LinkReferenceDefinition node) {
    forbidden.add("link definition");
  }

  @Override
  public void visit(BlockQuote quote) {
    Node paragraph = quote.getFirstChild();
    if (!(paragraph.getFirstChild() instanceof Text first)
        || !first.getLiteral().startsWith("Shortened to fit: ")) {
      forbidden.add("quote");
    }
    visitChildren(quote);
  }

  @Override
  public void visit(CustomNode node) {
    if (node instanceof TableRow) {
      int cells = 0;
      for (Node cell = node.getFirstChild(); cell != null; cell = cell.getNext()) {
        cells += cell instanceof TableCell ? 1 : 0;
      }
      rows.add(cells);
    }
    visitChildren(node);
  }
}
