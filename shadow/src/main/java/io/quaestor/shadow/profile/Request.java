package io.quaestor.shadow.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client would have sent with a request of the history; the members are those of a route
 * call.
 *
 * @param id the column that identifies a request, or null: its line does
 */
public record Request(
    @Nullable String id,
    Choice useCase,
    Amount inputTokens,
    Amount outputTokens,
    @Nullable Difficulty difficulty,
    List<Feature> features) {

  static Request read(Settings settings) {
    Request request =
        new Request(
            settings.textOrNull("id"),
            Choice.read(settings, "use_case"),
            Amount.read(settings, "input_tokens"),
            Amount.read(settings, "output_tokens"),
            settings.has("difficulty") ? Difficulty.read(settings.section("difficulty")) : null,
            List.copyOf(Feature.readAll(settings, "features")));
    settings.done();
    return request;
  }
}
