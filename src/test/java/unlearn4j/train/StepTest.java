package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import unlearn4j.data.ImageShape;

/** Single steps against numbers worked out by hand. */
class StepTest {
    private static final TrainingConfig PLAIN =
            TrainingConfig.DEFAULT.momentum(0.9).weightDecay(0.1).clipNorm(1000);

    /** The loss Σ w² / 2 has the gradient w. */
    private static void step(NDManager manager, Sgd sgd, NDArray weight, double rate) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray loss = Sgd.differentiated(() -> weight.square().sum().div(2f));
            loss.attach(scope);
            sgd.step(scope, rate);
        }
    }

    @Test
    void momentumAndWeightDecayAreThoseOfTheTextbook() {
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            NDArray weight = manager.create(new float[] {1, -2});
            weight.setRequiresGradient(true);
            Sgd sgd = new Sgd(manager, List.of(weight), PLAIN);
            // v1 = w + 0.1 w = 1.1 w; w1 = w − 0.5 v1 = 0.45 w
            step(manager, sgd, weight, 0.5);
            assertThat(weight.toFloatArray()).containsExactly(new float[] {0.45f, -0.9f}, within(1e-6f));
            // v2 = 0.9 · 1.1 + 1.1 · 0.45 = 1.485; w2 = 0.45 − 0.5 · 1.485 = −0.2925
            step(manager, sgd, weight, 0.5);
            assertThat(weight.toFloatArray()).containsExactly(new float[] {-0.2925f, 0.585f}, within(1e-6f));
        }
    }

    @Test
    void theGradientIsScaledDownToTheNorm() {
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            NDArray weight = manager.create(new float[] {3, 4});
            weight.setRequiresGradient(true);
            Sgd sgd = new Sgd(
                    manager, List.of(weight), PLAIN.momentum(0).weightDecay(0).clipNorm(1));
            // The gradient (3, 4) has the norm 5 and becomes (0.6, 0.8).
            step(manager, sgd, weight, 1);
            assertThat(weight.toFloatArray()).containsExactly(new float[] {2.4f, 3.2f}, within(1e-6f));
        }
    }

    private static double loss(Outputs teacher, double temperature, Softening softening, int position) {
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            NDArray student = manager.create(new float[][] {{0, 0}});
            return Objective.distillation(teacher, temperature, softening)
                    .loss(student, new int[] {position})
                    .getFloat();
        }
    }

    @Test
    void distillationSoftensTheTeacherAloneOrBothAndMultipliesByTheSquaredTemperature() {
        // Teacher (0, ln 3) at T = 1: (1/4, 3/4); (0, 2 ln 3) at T = 2 likewise. Student (0, 0): (1/2, 1/2) at any T.
        // KL = 1/4 ln(1/2) + 3/4 ln(3/2)
        double expected = 0.25 * Math.log(0.5) + 0.75 * Math.log(1.5);
        Outputs teacher = new Outputs(2, new float[] {9, 9, 0, (float) Math.log(3)});
        Outputs warm = new Outputs(2, new float[] {9, 9, 0, 2 * (float) Math.log(3)});
        for (Softening softening : Softening.values()) {
            assertThat(loss(teacher, 1, softening, 1)).isCloseTo(expected, within(1e-6));
            assertThat(loss(teacher, 1, softening, 0)).isCloseTo(0, within(1e-6));
        }
        assertThat(loss(warm, 2, Softening.BOTH, 1)).isCloseTo(4 * expected, within(1e-6));
        assertThat(loss(warm, 2, Softening.TEACHER, 1)).isCloseTo(expected, within(1e-6));
    }

    private static float[] gradient(Objective objective, float... logits) {
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            NDArray student = manager.create(new float[][] {logits});
            student.setRequiresGradient(true);
            Sgd.differentiated(() -> objective.loss(student, new int[] {0}));
            return student.getGradient().toFloatArray();
        }
    }

    @Test
    void theGradientOfDistillationIsTheDifferenceOfTheSoftenedOutputs() {
        // At T = 2 the teacher (0, 2 ln 3) says (1/4, 3/4). The student (0, ln 9) says (1/10, 9/10) at T = 1
        // and (1/4, 3/4) at T = 2; the student (0, 0) says (1/2, 1/2).
        Outputs warm = new Outputs(2, new float[] {0, 2 * (float) Math.log(3)});
        float nine = (float) Math.log(9);
        Objective printed = Objective.distillation(warm, 2, Softening.TEACHER);
        Objective both = Objective.distillation(warm, 2, Softening.BOTH);
        // σ_1(student) − σ_T(teacher)
        assertThat(gradient(printed, 0, 0)).containsExactly(new float[] {0.25f, -0.25f}, within(1e-6f));
        assertThat(gradient(printed, 0, nine)).containsExactly(new float[] {-0.15f, 0.15f}, within(1e-6f));
        // T (σ_T(student) − σ_T(teacher))
        assertThat(gradient(both, 0, 0)).containsExactly(new float[] {0.5f, -0.5f}, within(1e-6f));
        assertThat(gradient(both, 0, nine)).containsExactly(new float[] {0, 0}, within(1e-6f));
    }

    @Test
    void whereLabelsAreKnownTheirCrossEntropyIsAdded() {
        Outputs warm = new Outputs(2, new float[] {0, 2 * (float) Math.log(3)});
        Objective both = Objective.distillation(warm, 2, Softening.BOTH);
        Objective fixed = (logits, positions) -> logits.get(0).get(0).mul(7);
        assertThat(gradient(both.mixed(1, fixed, 1), 0, 0)).containsExactly(new float[] {7.5f, -0.5f}, within(1e-6f));
        assertThat(gradient(both.mixed(0.8, fixed, 0.2), 0, 0))
                .containsExactly(new float[] {1.8f, -0.4f}, within(1e-6f));
    }

    @Test
    void softmaxAndItsTemperature() {
        Outputs logits = new Outputs(2, new float[] {0, (float) Math.log(9)});
        assertThat(logits.softmax(1).values()).containsExactly(new float[] {0.1f, 0.9f}, within(1e-6f));
        assertThat(logits.softmax(2).values()).containsExactly(new float[] {0.25f, 0.75f}, within(1e-6f));
        assertThat(new Outputs(2, new float[] {1000, -1000}).softmax(1).values())
                .containsExactly(1, 0);
    }

    @Test
    void schedulesBeginAndEndWhereTheySay() {
        assertThat(Schedule.CONSTANT.factor(0.7)).isEqualTo(1);
        assertThat(Schedule.STEP.factor(0.49)).isEqualTo(1);
        assertThat(Schedule.STEP.factor(0.5)).isEqualTo(0.1);
        assertThat(Schedule.STEP.factor(0.75)).isEqualTo(0.01);
        assertThat(Schedule.ONE_CYCLE.factor(0)).isCloseTo(0.04, within(1e-12));
        assertThat(Schedule.ONE_CYCLE.factor(0.3)).isCloseTo(1, within(1e-12));
        assertThat(Schedule.ONE_CYCLE.factor(0.9999999)).isCloseTo(1e-4, within(1e-6));
    }

    @Test
    void anImageMovesAndFlips() {
        ImageShape shape = new ImageShape(1, 2, 3);
        byte[] image = {1, 2, 3, 4, 5, 6};
        byte[] moved = new byte[6];
        Batch.move(image, moved, 0, shape, 1, 0, false);
        assertThat(moved).containsExactly(0, 0, 0, 1, 2, 3);
        Batch.move(image, moved, 0, shape, 0, 1, false);
        assertThat(moved).containsExactly(0, 1, 2, 0, 4, 5);
        Batch.move(image, moved, 0, shape, 0, 0, true);
        assertThat(moved).containsExactly(3, 2, 1, 6, 5, 4);
    }
}
