package io.quaestor.kernel.event;

/** How a tenant's decisions bind: {@code ENFORCE} holds money and may reject. */
public enum Mode {
  ENFORCE
}
