package io.quaestor.shadow.cli;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.contest.BenchSet;
import io.quaestor.shadow.contest.ContestProgress;
import io.quaestor.shadow.contest.QuaestorPolicy;
import io.quaestor.shadow.contest.cli.BenchSource;
import io.quaestor.shadow.history.Histories;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.profile.Profile;
import io.quaestor.shadow.profile.Profiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The profiles that ship, as sets of a bench, with Quaestor under the profile's catalog. */
final class ProfileSource implements BenchSource {

  @Override
  public List<String> names() {
    return Profiles.names();
  }

  /** Also when several files could be meant, which {@link #read} then tells. */
  @Override
  public boolean isIn(Path directory, String set) {
    try {
      return Histories.find(Profiles.load(set), directory).isPresent();
    } catch (BadInput e) {
      return true;
    }
  }

  @Override
  public Entry read(String set, Path directory, ContestProgress progress) throws Unusable {
    try {
      Profile profile = Profiles.load(set);
      Optional<Path> file = Histories.find(profile, directory);
      if (file.isEmpty()) {
        throw new Unusable("%s: its file is gone from %s.".formatted(set, directory));
      }
      History history = Histories.read(profile, file.get(), progress::at);
      return entry(profile, history);
    } catch (BadInput e) {
      throw new Unusable("%s: %s".formatted(set, e.getMessage()), e);
    }
  }

  private static Entry entry(Profile profile, History history) {
    BenchSet set =
        new BenchSet(
            history,
            BenchSet.Order.valueOf(profile.source().order().name()),
            history.candidates().indexOf(profile.baseline()));
    return new Entry(
        set,
        List.of(new QuaestorPolicy(profile.catalog(), profile.policy())),
        profile.targetsPercent().stream().map(Integer::doubleValue).toList(),
        history.notes().stream().map(note -> "Note: " + note).toList());
  }
}
