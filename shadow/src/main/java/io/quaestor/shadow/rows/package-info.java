/** Rows of CSV and JSONL files, read one after the other; every fault names file, line, column. */
@NullMarked
package io.quaestor.shadow.rows;

import org.jspecify.annotations.NullMarked;
