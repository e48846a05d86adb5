@org.jspecify.annotations.NullMarked
package io.quaestor.persistence;
