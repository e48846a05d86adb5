package io.quaestor.actors.tenant;

import io.quaestor.kernel.event.Mode;
import io.quaestor.kernel.learning.TenantLearning;
import io.quaestor.kernel.ledger.LedgerBounds;
import io.quaestor.kernel.ledger.LedgerImage;
import io.quaestor.kernel.tenant.TenantState;
import io.quaestor.persistence.event.EventJson;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.jspecify.annotations.Nullable;

/** A tenant's snapshot is JSON, in the same form as the events. */
public final class TenantStateSerializer extends SerializerWithStringManifest {

  private static final int IDENTIFIER = 7_130_001;

  /** The form before anything was learned. */
  private static final String BEFORE_LEARNING = "tenant-1";

  private static final String MANIFEST = "tenant-2";

  private final LedgerBounds bounds;

  private record Image(Mode mode, LedgerImage ledger, TenantLearning.@Nullable Image learning) {}

  public TenantStateSerializer(ExtendedActorSystem system) {
    this.bounds = TenantSettings.from(system.settings().config().getConfig("quaestor")).bounds();
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object state) {
    return MANIFEST;
  }

  @Override
  public byte[] toBinary(Object object) {
    TenantState state = (TenantState) object;
    try {
      return EventJson.MAPPER.writeValueAsBytes(
          new Image(state.mode(), LedgerImage.of(state.ledger()), state.learning().image()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    if (!manifest.equals(MANIFEST) && !manifest.equals(BEFORE_LEARNING)) {
      throw new NotSerializableException("unknown form of a tenant's snapshot: " + manifest);
    }
    try {
      Image image = EventJson.MAPPER.readValue(bytes, Image.class);
      return new TenantState(
          image.ledger().restore(bounds),
          image.mode(),
          image.learning() == null ? TenantLearning.NONE : TenantLearning.of(image.learning()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
