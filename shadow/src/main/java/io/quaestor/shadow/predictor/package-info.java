/** Predictors that are fitted on a part of a history and are the candidates for the rest of it. */
@NullMarked
package io.quaestor.shadow.predictor;

import org.jspecify.annotations.NullMarked;
