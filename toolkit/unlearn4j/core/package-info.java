/**
 * What every other package stands on: argument checks, seeds, the scale of a run, its record, and the screen that a
 * long computation reports to. Depends on the JDK alone.
 */
package unlearn4j.core;
