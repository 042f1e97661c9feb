package unlearn4j.train;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.Initializer;
import java.util.Arrays;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;

/**
 * What a network costs: its size, and the work of one image. A multiply-add is one of a convolution or of a linear layer;
 * biases, normalisation, activations, pooling and short cuts are left out, as is usual.
 *
 * @param model the network's name
 * @param trained how many numbers training changes
 * @param parameters how many numbers there are, running means and variances included: what a client stores and sends
 * @param multiplyAdds multiply-adds of one image's forward pass
 * @param seconds of one image's forward pass on this machine, on average over a batch
 */
public record ModelCost(String model, long trained, long parameters, long multiplyAdds, double seconds) {
    /** The first runs are slower than those that follow. */
    private static final int RUNS = 3;

    /** Makes the cost. */
    public ModelCost {
        Check.given("model", model);
    }

    /**
     * Measures an untrained network: its time does not depend on its weights.
     *
     * @param spec the network
     * @param images what it is measured on, a hundred or more for a time that means something
     */
    public static ModelCost of(ModelSpec spec, Images images) {
        Classifier model = Classifier.create(spec, images, 0);
        long trained = model.trainable().stream()
                .mapToLong(array -> array.getShape().size())
                .sum();
        double seconds = Double.POSITIVE_INFINITY;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            Evaluator.forEachBatch(model, images, (positions, features, logits) -> {});
            seconds = Math.min(seconds, (System.nanoTime() - start) / 1e9 / images.size());
        }
        return new ModelCost(spec.name(), trained, model.parameters(), multiplyAdds(spec, images), seconds);
    }

    private static long multiplyAdds(ModelSpec spec, Images images) {
        Block body = spec.body(images.shape().height(), images.shape().width());
        body.setInitializer(Initializer.ZEROS, parameter -> true);
        try (NDManager manager = EngineStart.engine().newBaseManager()) {
            body.initialize(
                    manager,
                    DataType.FLOAT32,
                    new Shape(
                            1,
                            images.shape().channels(),
                            images.shape().height(),
                            images.shape().width()));
            return multiplyAdds(body) + (long) images.classes() * spec.features();
        }
    }

    /** Each weight of a convolution is used once for each pixel that it gives, each weight of a linear layer once. */
    static long multiplyAdds(Block block) {
        if (block instanceof Convolution convolution) {
            Shape given = convolution.getOutputShapes(convolution.getInputShapes())[0];
            return convolution.getDirectParameters().get("weight").getArray().size()
                    * given.slice(2).size();
        }
        if (block instanceof Linear linear) {
            return linear.getDirectParameters().get("weight").getArray().size();
        }
        return block.getChildren().values().stream()
                .mapToLong(ModelCost::multiplyAdds)
                .sum();
    }

    /** Returns how many bytes the numbers take as 32-bit floats. */
    public long bytes() {
        return Float.BYTES * parameters;
    }

    /**
     * Returns networks side by side.
     *
     * @param images what they are measured on
     * @param specs the networks, one or more
     * @return a row for each: its parameters, those that are trained, its size in MB (10^6 bytes) and in MiB (2^20 bytes),
     *     its millions of multiply-adds and its forward milliseconds for one image
     */
    public static Table table(Images images, ModelSpec... specs) {
        Check.notEmpty("specs", Arrays.asList(Check.given("specs", specs)));
        StringColumn model = StringColumn.create("model");
        LongColumn parameters = LongColumn.create("parameters");
        LongColumn trained = LongColumn.create("trained");
        DoubleColumn mb = column("MB", 3);
        DoubleColumn mib = column("MiB", 3);
        DoubleColumn work = column("million multiply-adds", 1);
        DoubleColumn time = column("forward ms", 3);
        for (ModelSpec spec : specs) {
            Interrupted.check(spec.name() + " is not measured yet");
            ModelCost cost = of(spec, images);
            model.append(cost.model);
            parameters.append(cost.parameters);
            trained.append(cost.trained);
            mb.append(cost.bytes() / 1e6);
            mib.append(cost.bytes() / 0x1p20);
            work.append(cost.multiplyAdds / 1e6);
            time.append(1e3 * cost.seconds);
        }
        return Table.create(
                String.format(Locale.ROOT, "Networks for %s, %d classes", images.shape(), images.classes()),
                model,
                parameters,
                trained,
                mb,
                mib,
                work,
                time);
    }

    private static DoubleColumn column(String name, int decimals) {
        DoubleColumn column = DoubleColumn.create(name);
        column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(decimals));
        return column;
    }
}
