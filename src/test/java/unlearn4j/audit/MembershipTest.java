package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import unlearn4j.Silent;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;

@ExtendWith(Silent.class)
class MembershipTest {
    private static final Images ALL = Memorised.images(360);
    private static final Images MEMBERS = ALL.slice(0, 120);
    private static final Images OTHERS = ALL.slice(120, 240);
    private static final Images NEVER_SEEN = ALL.slice(240, 360);
    private static Classifier model;

    @BeforeAll
    static void learn() {
        model = Memorised.of(MEMBERS, 1);
        assertThat(Evaluator.evaluate(model, MEMBERS).accuracy()).isGreaterThan(99);
    }

    @Test
    void whatWasMemorisedIsTold() {
        assertThat(Membership.byLoss(model, MEMBERS, OTHERS).area().estimate()).isGreaterThan(0.95);
        assertThat(Membership.bySureness(model, MEMBERS, OTHERS, 1).area().estimate())
                .isGreaterThan(0.95);
    }

    @Test
    void whatWasNeverSeenIsNotTold() {
        assertThat(Membership.byLoss(model, NEVER_SEEN, OTHERS).area().holds(0.5))
                .isTrue();
        assertThat(Membership.bySureness(model, NEVER_SEEN, OTHERS, 1).area().holds(0.5))
                .isTrue();
    }

    @Test
    void whatAnswersWithProbabilitiesIsAttackedAsTheNetworkBehindItIs() {
        Membership asked =
                Membership.byLoss(images -> Evaluator.logits(model, images).softmax(1), MEMBERS, OTHERS);
        assertThat(asked.area().estimate())
                .isCloseTo(Membership.byLoss(model, MEMBERS, OTHERS).area().estimate(), within(0.005));
        assertThatThrownBy(() -> Membership.byLoss(images -> Evaluator.logits(model, images), MEMBERS, OTHERS))
                .hasMessageContaining("is no probability: let the framework add up probabilities, not logits");
    }

    @Test
    void theAttackersHalfIsDrawnFromTheSeed() {
        assertThat(Membership.bySureness(model, MEMBERS, OTHERS, 2))
                .isEqualTo(Membership.bySureness(model, MEMBERS, OTHERS, 2))
                .isNotEqualTo(Membership.bySureness(model, MEMBERS, OTHERS, 3));
    }

    @Test
    void anAreaNearNoneIsToldTooAndIsNoSuccess() {
        // Scores below all others: over-unlearning.
        Membership below = Membership.of(new double[] {-3, -2, -4}, new double[] {1, 2, 3});
        assertThat(below.area().estimate()).isZero();
        assertThat(below.area().holds(0.5)).isFalse();
    }

    @Test
    void membersFoundAreCountedAboveTheScoreThatOnePerCentOfTheOthersExceed() {
        double[] others = IntStream.range(0, 1000).mapToDouble(i -> i).toArray();
        double[] members = IntStream.range(0, 100).mapToDouble(i -> 945 + i).toArray();
        // Ten of the others are above 989; of the members 55 are.
        assertThat(Membership.of(members, others).found().estimate()).isEqualTo(55);
        double[] alike = new double[50];
        assertThat(Membership.of(alike, alike))
                .hasToString("AUC 0.50 (0.39 to 0.61), of members found at 1 % false alarms " + "0.0 (0.0 to 8.4) %");
    }

    @Test
    void theShareOfMembersFoundHasAnIntervalThatHoldsAtLeastAsOftenAsItSays() {
        NormalDistribution normal = new NormalDistribution();
        double truth = 100 * normal.cumulativeProbability(1.5 - normal.inverseCumulativeProbability(0.99));
        Random random = new Random(11);
        int held = 0;
        double width = 0;
        for (int i = 0; i < 300; i++) {
            Interval found = Membership.of(
                            IntervalTest.normal(random, 500, 1.5, 1), IntervalTest.normal(random, 800, 0, 1))
                    .found();
            held += found.holds(truth) ? 1 : 0;
            width += (found.high() - found.low()) / 300;
        }
        assertThat(held).isGreaterThan(285);
        assertThat(width).isLessThan(40);
    }

    @Test
    void confidencesAreTheLogOddsHoweverSureTheNetworkIs() {
        Images images = Pixels.images(3, new int[] {0, 1, 0, 0}, new int[4][1]);
        float none = Float.NEGATIVE_INFINITY;
        double[] said =
                Membership.confidences(new Outputs(3, new float[] {2, 1, 0, 2, 1, 0, 90, 0, none, none, 3, 4}), images);
        double sum = Math.exp(2) + Math.E + 1;
        assertThat(said[0]).isCloseTo(Math.log(Math.exp(2) / (sum - Math.exp(2))), within(1e-6));
        assertThat(said[1]).isCloseTo(Math.log(Math.E / (sum - Math.E)), within(1e-6));
        // A loss of 0 in 32 bits, and still a number.
        assertThat(said[2]).isEqualTo(90);
        assertThat(said[3]).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void aWrongCallIsRefused() {
        assertThatThrownBy(() -> Membership.of(new double[] {Double.NaN}, new double[1]))
                .hasMessage("these must hold no NaN");
        assertThatThrownBy(() -> Membership.bySureness(model, MEMBERS.slice(0, 1), OTHERS, 1))
                .hasMessage("1 members and 120 others have no halves to learn from: take 2 of each or more");
    }
}
