package io.quaestor.kernel.learning;

import io.quaestor.kernel.catalog.CompiledCatalog.Tier;
import io.quaestor.kernel.event.Event.Ballot;
import io.quaestor.kernel.event.Event.Poll;
import io.quaestor.kernel.event.Event.PriceMove;
import java.util.ArrayList;
import java.util.List;

/**
 * The choice of a tier by votes. Each vector of success rates votes for the tier with the highest
 * {@code V * rate - expense}, so that a tier's votes divided by their number are the exact
 * probability of its choice; one more draw, seeded by the decision, picks the vote that counts.
 * When V stands at its upper bound, all votes go to the tier of the highest expected rate.
 *
 * @param tier its place among the catalog's tiers
 */
public record TierChoice(int tier, Poll poll) {

  /** The expense of a tier that has no eligible candidate. */
  public static final long NOT_ELIGIBLE = -1;

  static TierChoice of(
      Posterior posterior,
      List<Tier> tiers,
      long[] expenses,
      PriceMove price,
      long version,
      long seed,
      String decisionId) {
    int[] votes = new int[expenses.length];
    int[] voteOf = new int[Posterior.VECTORS];
    boolean best = QualityPrice.atUpperBound(price);
    for (int v = 0; v < Posterior.VECTORS; v++) {
      voteOf[v] = best ? mostSuccessful(posterior, expenses) : vote(posterior, v, expenses, price);
      votes[voteOf[v]]++;
    }
    int draw = (int) Long.remainderUnsigned(Draws.seed(seed, decisionId), Posterior.VECTORS);
    return new TierChoice(
        tierOf(draw, votes),
        new Poll(version, seed, draw, ballots(posterior, tiers, expenses, votes)));
  }

  private static int vote(Posterior posterior, int vector, long[] expenses, PriceMove price) {
    int choice = -1;
    long most = Long.MIN_VALUE;
    for (int t = 0; t < expenses.length; t++) {
      if (expenses[t] != NOT_ELIGIBLE) {
        long gain = worth(price.microcents(), posterior.rate(vector, t)) - expenses[t];
        if (gain > most || choice < 0) {
          most = gain;
          choice = t;
        }
      }
    }
    return choice;
  }

  /** {@code floor(price * ppm / 10^6)}, exact in 64 bits for prices of up to 10^15. */
  private static long worth(long price, int ppm) {
    return price / Posterior.PPM * ppm + price % Posterior.PPM * ppm / Posterior.PPM;
  }

  private static int mostSuccessful(Posterior posterior, long[] expenses) {
    int choice = -1;
    for (int t = 0; t < expenses.length; t++) {
      if (expenses[t] != NOT_ELIGIBLE
          && (choice < 0 || posterior.mean(t) > posterior.mean(choice))) {
        choice = t;
      }
    }
    return choice;
  }

  private static int tierOf(int draw, int[] votes) {
    int below = 0;
    for (int t = 0; t < votes.length; t++) {
      below += votes[t];
      if (draw < below) {
        return t;
      }
    }
    throw new IllegalStateException("more draws than votes");
  }

  private static List<Ballot> ballots(
      Posterior posterior, List<Tier> tiers, long[] expenses, int[] votes) {
    List<Ballot> ballots = new ArrayList<>(votes.length);
    for (int t = 0; t < votes.length; t++) {
      if (expenses[t] != NOT_ELIGIBLE) {
        ballots.add(
            new Ballot(tiers.get(t).name(), posterior.mean(t) / 100, expenses[t], votes[t]));
      }
    }
    return ballots;
  }
}
