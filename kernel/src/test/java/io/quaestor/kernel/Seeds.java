package io.quaestor.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A test that takes one {@code long}, run once for each seed from 1 to {@link #value}. {@code
 * -Dquaestor.seed=17} runs it for that seed alone; the failing one stands in the test's name.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "-D" + Seeds.PROPERTY + "={0}")
@ArgumentsSource(Seeds.Source.class)
public @interface Seeds {

  String PROPERTY = "quaestor.seed";

  int value();

  /** Where the seeds come from. */
  final class Source implements ArgumentsProvider, AnnotationConsumer<Seeds> {

    private int count;

    /** The one seed that was asked for, if one was. */
    public static @Nullable Long single() {
      return Long.getLong(PROPERTY);
    }

    @Override
    public void accept(Seeds seeds) {
      count = seeds.value();
    }

    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      Long single = single();
      LongStream seeds = single == null ? LongStream.rangeClosed(1, count) : LongStream.of(single);
      return seeds.mapToObj(Arguments::of);
    }
  }
}
