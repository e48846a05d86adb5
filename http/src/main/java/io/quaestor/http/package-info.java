@org.jspecify.annotations.NullMarked
package io.quaestor.http;
