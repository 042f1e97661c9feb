package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.data.ImageShape;

/** What a TorchScript gives, asked of it with images that are made up. */
final class ScriptTrial {
    /** What a feature may differ by for reasons other than chance or its neighbours: another order of sums. */
    private static final double SAME = 1e-3;

    private static final String ERROR = "RuntimeError: ";

    private ScriptTrial() {}

    /**
     * Runs a body on an image, and on that and another.
     *
     * @return J
     * @throws IllegalArgumentException if libtorch does not load or run it, or it is no body under a head of that name
     */
    static int features(byte[] script, String head, ImageShape shape) {
        float[][] given = new float[2][];
        try (NDManager manager = EngineStart.engine().newBaseManager()) {
            Sgd.undifferentiated(() -> {
                ScriptBody body = new ScriptBody(script, 0);
                body.initialize(manager, DataType.FLOAT32);
                checkParameters(body.getDirectParameters().keys(), head);
                given[0] = features(body, manager, shape, 1);
                given[1] = features(body, manager, shape, 2);
            });
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(why(String.valueOf(e.getMessage())), e);
        }
        for (int i = 0; i < given[0].length; i++) {
            Check.that(Float.isFinite(given[0][i]), "feature %d of an image is %s", i, given[0][i]);
            Check.that(
                    Math.abs(given[1][i] - given[0][i]) <= SAME * Math.max(1, Math.abs(given[0][i])),
                    "an image's features hang on chance, or on the images beside it: net.eval() before it is traced");
        }
        return given[0].length;
    }

    private static void checkParameters(List<String> names, String head) {
        Check.that(!names.isEmpty(), "it has no parameters: save it before torch.jit.freeze makes constants of them");
        Check.that(
                names.stream().noneMatch(name -> name.startsWith(head + ".")),
                "it has the layer %s itself: net.%s = torch.nn.Identity() before it is scripted",
                head,
                head);
    }

    private static float[] features(ScriptBody body, NDManager manager, ImageShape shape, int images) {
        float[] pixels = new float[images * shape.bytes()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (i < shape.bytes() ? Math.sin(0.7 * i) : 1 + 0.5 * Math.cos(1.3 * i));
        }
        Shape input = new Shape(images, shape.channels(), shape.height(), shape.width());
        NDList given =
                body.forward(new ParameterStore(manager, false), new NDList(manager.create(pixels, input)), false);
        NDArray array = given.size() == 1 ? given.get(0) : null;
        Check.that(
                array != null
                        && array.getDataType() == DataType.FLOAT32
                        && array.getShape().dimension() == 2
                        && array.getShape().get(0) == images
                        && array.size() > 0,
                "for %d of the images of %s it gives %s, where a head needs (%d, features) of 32-bit floats",
                images,
                shape,
                array == null ? given.size() + " arrays" : array.getShape() + " of " + array.getDataType(),
                images);
        return array.toFloatArray();
    }

    /** libtorch tells the whole way to an error, and at its end the error. */
    private static String why(String message) {
        return message.lines()
                .filter(line -> line.startsWith(ERROR))
                .reduce((one, later) -> later)
                .map(line -> line.substring(ERROR.length()))
                .orElse("libtorch says " + message.lines().findFirst().orElse(message));
    }
}
