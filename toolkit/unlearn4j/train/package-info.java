/**
 * The one training loop, distillation and evaluation. All native memory is scoped here: what the other packages hold are
 * values of Java and {@link unlearn4j.train.Classifier}s, which give theirs back when nobody refers to them any more.
 */
package unlearn4j.train;
