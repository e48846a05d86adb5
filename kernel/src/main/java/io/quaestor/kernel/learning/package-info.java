/** Learning: regimes, posteriors, the price of quality, drift, anomalies, and what they advise. */
@NullMarked
package io.quaestor.kernel.learning;

import org.jspecify.annotations.NullMarked;
