/**
 * What every other package stands on: argument checks, seeds, the scale of a run, its record, and the screen that a
 * long computation reports to. Depends on the JDK alone. A notebook begins with its {@link unlearn4j.core.Scale}:
 *
 * <pre>{@code
 * var scale = Scale.current();                                 // what UNLEARN4J_SCALE says, QUICK without
 * int epochs = scale.pick(1, 20, 100);                         // at SMOKE, QUICK and PAPER
 * var seeds = LongStream.rangeClosed(1, scale.seeds());
 * }</pre>
 */
package unlearn4j.core;
