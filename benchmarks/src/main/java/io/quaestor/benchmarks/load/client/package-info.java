/** A small HTTP/1.1 client, cheap enough to share the cores with the server it measures. */
@NullMarked
package io.quaestor.benchmarks.load.client;

import org.jspecify.annotations.NullMarked;
