package dev.drydock.policy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelProtoAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.expr.CheckedExpr;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelNativeTypesExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.drydock.facts.EngineFacts;
import dev.drydock.facts.MigrationFacts;
import dev.drydock.facts.RelationFacts;
import dev.drydock.facts.StatementFacts;
import dev.drydock.facts.TableFacts;
import dev.drydock.facts.mapping.Subjects;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compiles the CEL of rules against the facts they may ask about. */
final class Expressions {
  /** Subjects that are of no single migration, so that there is none to ask about. */
  private static final Set<String> OF_NO_MIGRATION =
      Set.of("history", "suppression", "state", "dependent", "numbering", "refusal", "deadlock");

  private static final Set<String> WITH_SIZE =
      Set.of(RelationFacts.class.getCanonicalName(), TableFacts.class.getCanonicalName());

  private static final String IDENT_OF_TEXT = "ident_string";

  /** {@code ident(name)}: the name as SQL needs it, in quotes where it needs them. */
  private static final CelFunctionDecl IDENT =
      CelFunctionDecl.newFunctionDeclaration(
          "ident",
          CelOverloadDecl.newGlobalOverload(IDENT_OF_TEXT, SimpleType.STRING, SimpleType.STRING));

  private static final String QUALIFIED_OF_TEXT = "qualified_string";

  /** {@code qualified(name)}: the same for a name with its schema in front. */
  private static final CelFunctionDecl QUALIFIED =
      CelFunctionDecl.newFunctionDeclaration(
          "qualified",
          CelOverloadDecl.newGlobalOverload(
              QUALIFIED_OF_TEXT, SimpleType.STRING, SimpleType.STRING));

  /**
   * Of the loops of one expression, those in loops counted each time: a rule is the repository's,
   * and so a stranger's, and loops in loops end no sooner than a job's time.
   */
  private static final int MOST_ITERATIONS = 1_000_000;

  private final CelNativeTypesExtensions types;
  private final CelRuntime runtime;
  private final Map<String, byte[]> archived;
  private final Map<String, byte[]> compiled = new HashMap<>();
  private final Map<String, CelCompiler> compilers = new HashMap<>();

  /**
   * @param archived expressions that are compiled already, by {@link RuleArchive#key}
   */
  Expressions(Map<String, byte[]> archived) {
    this.archived = archived;
    types =
        CelExtensions.nativeTypes(
            Stream.concat(Subjects.KINDS.values().stream(), Stream.of(EngineFacts.class))
                .toArray(Class<?>[]::new));
    runtime =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(
                CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .comprehensionMaxIterations(MOST_ITERATIONS)
                    .build())
            .addLibraries(
                types, CelExtensions.strings(), CelExtensions.lists(), CelExtensions.regex())
            .addFunctionBindings(
                CelFunctionBinding.from(IDENT_OF_TEXT, String.class, SqlIdentifier::of),
                CelFunctionBinding.from(QUALIFIED_OF_TEXT, String.class, SqlIdentifier::qualified))
            .build();
  }

  /** What was compiled here, by {@link RuleArchive#key}. */
  Map<String, byte[]> compiled() {
    return compiled;
  }

  /** An expression ready to be evaluated. */
  interface Program {
    /**
     * Its value for these variables: a boolean, a long, a double, a string or a list.
     *
     * @throws CelEvaluationException when it fails on them, which a type-checked expression does
     *     only by design of CEL
     */
    Object evaluate(Map<String, Object> variables) throws CelEvaluationException;
  }

  /**
   * Type-checks a condition.
   *
   * @throws PolicyException when it does not compile or is not a boolean
   */
  Program condition(Rule rule) {
    return compile(rule, "when", rule.when(), Expressions::isCondition);
  }

  /** Type-checks a condition that stands under another key than {@code when}. */
  Program condition(Rule rule, String key, String condition) {
    return compile(rule, key, condition, Expressions::isCondition);
  }

  /** Type-checks an expression that is shown in a text. */
  Program shown(Rule rule, String key, String expression) {
    return compile(rule, key, expression, unused -> Optional.empty());
  }

  /** Type-checks what a rule is weighed by: something with a size, or a list of such. */
  Program weight(Rule rule) {
    return compile(rule, "weigh", rule.weigh(), Expressions::hasSize);
  }

  private static Optional<String> isCondition(CelType type) {
    return type.equals(SimpleType.BOOL)
        ? Optional.empty()
        : Optional.of("it is a %s and has to be a bool".formatted(type.name()));
  }

  private static Optional<String> hasSize(CelType type) {
    CelType each = type instanceof ListType list ? list.elemType() : type;
    return WITH_SIZE.contains(each.name())
        ? Optional.empty()
        : Optional.of(
            "it is a %s and has to be a relation, a table or a list of them"
                .formatted(type.name()));
  }

  /**
   * @param wrong what is wrong with its type, if anything
   */
  private Program compile(
      Rule rule, String key, String expression, Function<CelType, Optional<String>> wrong) {
    String archiveKey = RuleArchive.key(rule, key, expression);
    byte[] ready = archived.get(archiveKey);
    if (ready != null) {
      return program(rule, key, restored(ready));
    }
    CelAbstractSyntaxTree ast = checked(rule, key, expression);
    wrong
        .apply(ast.getResultType())
        .ifPresent(
            problem -> {
              throw problem(rule, key, problem);
            });
    compiled.put(
        archiveKey, CelProtoAbstractSyntaxTree.fromCelAst(ast).toCheckedExpr().toByteArray());
    return program(rule, key, ast);
  }

  private static CelAbstractSyntaxTree restored(byte[] checkedExpression) {
    try {
      return CelProtoAbstractSyntaxTree.fromCheckedExpr(CheckedExpr.parseFrom(checkedExpression))
          .getAst();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the archive of the rules is damaged", e);
    }
  }

  private CelAbstractSyntaxTree checked(Rule rule, String key, String expression) {
    CelValidationResult result = compiler(rule).compile(expression);
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw problem(rule, key, describe(result.getErrors(), expression) + "\n" + what(rule.each()));
    }
  }

  private Program program(Rule rule, String key, CelAbstractSyntaxTree ast) {
    try {
      CelRuntime.Program program = runtime.createProgram(ast);
      return program::eval;
    } catch (CelEvaluationException e) {
      throw problem(rule, key, e.getMessage());
    }
  }

  private static PolicyException problem(Rule rule, String key, String what) {
    return new PolicyException(
        "rule %s: `%s` does not compile: %s".formatted(rule.id(), key, what), null);
  }

  private static String describe(List<CelIssue> issues, String expression) {
    StringBuilder text = new StringBuilder();
    for (CelIssue issue : issues) {
      int line = issue.getSourceLocation().getLine();
      int column = issue.getSourceLocation().getColumn();
      String source = expression.lines().skip(Math.max(line - 1, 0)).findFirst().orElse("");
      text.append(
          "%s%n  %s%n  %s^".formatted(issue.getMessage(), source, " ".repeat(Math.max(column, 0))));
    }
    return text.toString();
  }

  /** What an expression may ask about. */
  private static String what(String each) {
    return "`%s` has `%s`; docs/facts.md has all that there is to ask"
        .formatted(
            each,
            Arrays.stream(Subjects.KINDS.get(each).getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.joining("`, `")));
  }

  private CelCompiler compiler(Rule rule) {
    if (rule.options().isEmpty()) {
      return compilers.computeIfAbsent(rule.each(), each -> builder(each).build());
    }
    CelCompilerBuilder builder = builder(rule.each());
    rule.options().forEach((name, value) -> builder.addVar("options." + name, type(value)));
    return builder.build();
  }

  private CelCompilerBuilder builder(String each) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(
                types,
                CelExtensions.strings(),
                CelExtensions.lists(),
                CelExtensions.optional(),
                CelExtensions.regex())
            .addFunctionDeclarations(IDENT, QUALIFIED)
            .addVar(each, struct(Subjects.KINDS.get(each)))
            .addVar("engine", struct(EngineFacts.class));
    if (OF_NO_MIGRATION.contains(each) || each.equals("migration")) {
      return builder;
    }
    builder.addVar("migration", struct(MigrationFacts.class));
    return each.equals("statement")
        ? builder
        : builder.addVar("statement", struct(StatementFacts.class));
  }

  private static CelType struct(Class<?> type) {
    return StructTypeReference.create(type.getCanonicalName());
  }

  private static CelType type(Object option) {
    return switch (option) {
      case Boolean unused -> SimpleType.BOOL;
      case Long unused -> SimpleType.INT;
      case List<?> unused -> ListType.create(SimpleType.STRING);
      default -> SimpleType.STRING;
    };
  }
}
