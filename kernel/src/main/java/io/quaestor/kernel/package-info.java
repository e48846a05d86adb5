@org.jspecify.annotations.NullMarked
package io.quaestor.kernel;
