/** What the disk gives, without a server. */
@NullMarked
package io.quaestor.benchmarks.load.disk;

import org.jspecify.annotations.NullMarked;
