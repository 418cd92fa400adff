package dev.drydock.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.facts.mapping.Subjects;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a rule may ask about. */
class VocabularyTest {

  /** CEL takes {@code settings()} for something that sets, and a rule cannot reach it. */
  @Test
  void noFactHasANameThatLooksLikeAnAccessor() {
    assertThat(components())
        .hasSizeGreaterThan(100)
        .allSatisfy(
            component ->
                assertThat(component.getName())
                    .as(component.getDeclaringRecord().getName())
                    .doesNotMatch("(get|set|is).*"));
  }

  @Test
  void factsAreFlat() {
    assertThat(components())
        .allSatisfy(
            component ->
                assertThat(element(component.getGenericType()))
                    .as(component.toString())
                    .matches(
                        type ->
                            type == String.class
                                || type == boolean.class
                                || type == long.class
                                // Numbers in a list are boxed; a single one could be null.
                                || (type == Long.class && component.getType() == List.class)
                                || type.isRecord()));
  }

  private static Set<RecordComponent> components() {
    Set<Class<?>> seen = new LinkedHashSet<>(Subjects.KINDS.values());
    seen.add(EngineFacts.class);
    Deque<Class<?>> open = new ArrayDeque<>(seen);
    Set<RecordComponent> components = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      for (RecordComponent component : open.pop().getRecordComponents()) {
        components.add(component);
        Class<?> type = element(component.getGenericType());
        if (type.isRecord() && seen.add(type)) {
          open.push(type);
        }
      }
    }
    return components;
  }

  private static Class<?> element(Type type) {
    return type instanceof ParameterizedType list
        ? (Class<?>) list.getActualTypeArguments()[0]
        : (Class<?>) type;
  }
}
