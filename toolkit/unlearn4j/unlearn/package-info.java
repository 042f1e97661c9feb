/**
 * Methods that make a graph of models forget, one class each, and what they leave behind. {@link
 * unlearn4j.unlearn.Fiun} is paper B's; one's own is an {@link unlearn4j.unlearn.UnlearningMethod}.
 *
 * <pre>{@code
 * var result = Fiun.on(umig).forget(Labels.of(3));                         // .config(FiunConfig.paper()): Table 8
 * result.evaluate();                                                       // AD_r and AD_f before and after
 * result.undo();                                                           // bit for bit
 * }</pre>
 */
package unlearn4j.unlearn;
