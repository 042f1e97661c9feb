package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import unlearn4j.core.Check;
import unlearn4j.data.Images;

/** What training makes small. */
@FunctionalInterface
interface Objective {

    /**
     * Returns the mean loss of a batch.
     *
     * @param logits the network's logits, (N, K)
     * @param positions which images of the training set these are, N of them
     * @return one number, in the manager of {@code logits}
     */
    NDArray loss(NDArray logits, int[] positions);

    /** Returns the cross entropy of the images' own labels. */
    static Objective crossEntropy(Images images) {
        return (logits, positions) -> {
            long[] labels = Arrays.stream(positions).mapToLong(images::label).toArray();
            NDManager scope = logits.getManager();
            NDArray chosen = scope.create(labels).oneHot(images.classes(), DataType.FLOAT32);
            return logits.logSoftmax(1).mul(chosen).sum(new int[] {1}).mean().neg();
        };
    }

    /** Returns what {@link #distillation} is of a teacher and images, which the student must fit. */
    static Objective imitation(
            Classifier teacher, Classifier student, Images images, double temperature, Softening softening) {
        Check.positive("temperature", temperature);
        Check.given("teacher", teacher);
        Check.given("student", student);
        Check.that(
                teacher.classes() == student.classes(),
                "a teacher of %d classes cannot teach a student of %d",
                teacher.classes(),
                student.classes());
        return distillation(Evaluator.logits(teacher, images), temperature, softening);
    }

    /**
     * Returns the Kullback-Leibler divergence from a teacher's softened outputs to the student's (paper A, Eq. 1).
     *
     * @param teacher the teacher's logits on the training set, in its order
     * @param temperature T, above 0
     * @param softening whether T softens the student's outputs too
     */
    static Objective distillation(Outputs teacher, double temperature, Softening softening) {
        Check.positive("temperature", temperature);
        Check.given("softening", softening);
        int classes = teacher.classes();
        double students = softening == Softening.BOTH ? temperature : 1;
        return (logits, positions) -> {
            float[] rows = new float[positions.length * classes];
            for (int i = 0; i < positions.length; i++) {
                System.arraycopy(teacher.values(), positions[i] * classes, rows, i * classes, classes);
            }
            NDManager scope = logits.getManager();
            NDArray target = scope.create(rows, new Shape(positions.length, classes))
                    .divi((float) temperature)
                    .logSoftmax(1);
            NDArray student = logits.div((float) students).logSoftmax(1);
            NDArray divergence =
                    target.exp().mul(target.sub(student)).sum(new int[] {1}).mean();
            return divergence.mul((float) (students * students));
        };
    }

    /** Returns so much of this loss and so much of another. */
    default Objective mixed(double share, Objective other, double others) {
        return (logits, positions) -> loss(logits, positions)
                .mul((float) share)
                .add(other.loss(logits, positions).mul((float) others));
    }
}
