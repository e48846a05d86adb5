package io.quaestor.benchmarks.load;

import java.util.List;

/**
 * The names that a request may use, as the server's catalog lists them.
 *
 * @param models those with a price, cheapest first as listed
 */
record Offer(
    List<String> models, List<String> providers, List<String> regions, List<String> capabilities) {}
