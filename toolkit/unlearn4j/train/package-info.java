/**
 * The one training loop, distillation and evaluation. All native memory is scoped here: what the other packages hold
 * are values of Java and {@link unlearn4j.train.Classifier}s, which give theirs back when nobody refers to them any
 * more. {@link unlearn4j.train.Training} is the front door:
 *
 * <pre>{@code
 * var model = Classifier.create(ResNet.SMALL, data.train(), 7);
 * Training.of(model, data.train(), TrainingConfig.DEFAULT.epochs(5)).heldOut(data.test()).run();
 * Evaluator.evaluate(model, data.test()).accuracy();                       // in percent
 * }</pre>
 */
package unlearn4j.train;
