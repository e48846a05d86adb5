package io.quaestor.actors.regime;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quaestor.kernel.learning.RegimeState;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.event.EventJson;
import io.quaestor.persistence.snapshot.ProjectionSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of the regimes: all eight as of one position, each JSON in the form of the events.
 * A snapshot is worth something only whole, so one part that is missing or is not as it was sealed
 * gives way to the snapshot before.
 */
final class RegimeSnapshots {

  private static final Logger LOG = LoggerFactory.getLogger(RegimeSnapshots.class);

  /** Changes with what is folded from an event, so that no state of another rule is taken on. */
  private static final String FORM = "regime-1";

  /** The one before the latest is there for when the latest is damaged. */
  private static final int KEEP_LATEST = 2;

  private final ProjectionSnapshots snapshots;

  private record Image(String form, long position, RegimeState state) {}

  RegimeSnapshots(NodeChain chain) {
    snapshots = new ProjectionSnapshots(chain, KEEP_LATEST);
  }

  static String entity(int regime) {
    return "regime|" + regime;
  }

  void save(Regimes regimes) {
    Map<String, byte[]> byEntity = new HashMap<>();
    for (RegimeState state : regimes.states()) {
      byEntity.put(entity(state.regime()), write(new Image(FORM, regimes.position(), state)));
    }
    snapshots.save(regimes.position(), byEntity);
  }

  private static byte[] write(Image image) {
    try {
      return EventJson.MAPPER.writeValueAsBytes(image);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The latest snapshot that is whole; {@link Regimes#EMPTY} when there is none. */
  Regimes latest() {
    List<Long> positions = snapshots.positions(entity(0));
    for (long position : positions) {
      Optional<Regimes> found = at(position);
      if (found.isPresent()) {
        return found.get();
      }
    }
    if (!positions.isEmpty()) {
      LOG.warn("no snapshot of the regimes can be used; they are folded from the chain's start");
    }
    return Regimes.EMPTY;
  }

  private Optional<Regimes> at(long position) {
    List<RegimeState> states = new ArrayList<>(Regimes.COUNT);
    for (int regime = 0; regime < Regimes.COUNT; regime++) {
      Optional<RegimeState> state = state(regime, position);
      if (state.isEmpty()) {
        LOG.warn("the snapshot of the regimes at record {} lacks regime {}", position, regime);
        return Optional.empty();
      }
      states.add(state.get());
    }
    return Optional.of(new Regimes(position, states));
  }

  private Optional<RegimeState> state(int regime, long position) {
    return snapshots
        .at(entity(regime), position)
        .flatMap(bytes -> read(entity(regime), bytes))
        .filter(image -> image.position() == position && image.state().regime() == regime)
        .map(Image::state);
  }

  private static Optional<Image> read(String entity, byte[] bytes) {
    try {
      Image image = EventJson.MAPPER.readValue(bytes, Image.class);
      return image.form().equals(FORM) ? Optional.of(image) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      LOG.warn("a snapshot of {} cannot be read by this release: {}", entity, e.getMessage());
      return Optional.empty();
    }
  }
}
