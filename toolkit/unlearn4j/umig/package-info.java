/**
 * The unified model inheritance graph (paper B, §3): models that inherit from one another, which of them learned a
 * label first, and which inherited it. {@link unlearn4j.umig.Umig} is the front door:
 *
 * <pre>{@code
 * var umig = Umig.incremental(data).models(3).model(ResNet.SMALL).train();
 * umig.draw();
 * umig.unlearning(Labels.of(3)).nodes();                                   // which models have to forget it
 * }</pre>
 */
package unlearn4j.umig;
