package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import unlearn4j.core.Check;

/**
 * A TorchScript as a block. Its parameters are the module's own arrays, so that who writes to one changes the module; each
 * block has a module of its own. It is in use always, {@code eval()}, in training too: DJL gives no running means, and copies
 * of a network would not have the same.
 */
final class ScriptBody extends AbstractBlock {
    private final byte[] script;
    private final int features;
    private PtSymbolBlock module;

    /**
     * Makes a block without weights; they come with {@link #initialize}.
     *
     * @param features J, what it gives for an image; 0 if nobody knows yet
     */
    ScriptBody(byte[] script, int features) {
        this.script = script;
        this.features = features;
    }

    /** Loads the module; no initialiser is asked. */
    @Override
    public void initialize(NDManager manager, DataType type, Shape... inputs) {
        beforeInitialize(inputs); // without inputs noted, forward would initialise anew in training
        PtNDManager owner = (PtNDManager) manager;
        try {
            module = JniUtils.loadModule(owner, new ByteArrayInputStream(script), true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JniUtils.enableInferenceMode(module);
        for (NDArray array : JniUtils.moduleGetParams(module, owner)) {
            Check.that(
                    array.getDataType() == type,
                    "its parameter %s is of %s: net.float() before it is scripted makes it %s",
                    array.getName(),
                    array.getDataType(),
                    type);
            array.setRequiresGradient(true);
            addParameter(Parameter.builder()
                    .setName(array.getName())
                    .setType(type(array))
                    .optRequiresGrad(true)
                    .optArray(array)
                    .build());
        }
    }

    /** A normalisation's weight is a number a channel, and counts with the layer before it. */
    private static Parameter.Type type(NDArray array) {
        if (!array.getName().endsWith("weight")) {
            return Parameter.Type.BIAS;
        }
        return array.getShape().dimension() > 1 ? Parameter.Type.WEIGHT : Parameter.Type.GAMMA;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), features)};
    }

    /** Whether gradients are kept is the thread's switch, as it is for every other block. */
    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        // Unoptimised it makes the very calls that a block of DJL makes, and the first run gives the bits of the tenth.
        JniUtils.setGraphExecutorOptimize(false);
        return IValueUtils.forward(module, inputs, true);
    }
}
