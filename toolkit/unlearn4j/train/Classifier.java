package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.data.Normalisation;
import unlearn4j.model.ModelSpec;

/**
 * A network with weights: a body, images to features, under a linear head, features to logits. Its native memory is given
 * back when nothing refers to it any more; there is nothing to close.
 */
public final class Classifier {
    private static final String MODEL = "model";
    private static final String TEXT = "%s, %,d parameters (%.3f MB), %s → %d classes";

    private final ModelSpec spec;
    private final ImageShape shape;
    private final int classes;
    private final Normalisation normalisation;
    private final NDManager manager;
    private final Block body;
    private final Block head;
    private final List<Parameter> parameters = new ArrayList<>();
    private final NDArray mean;
    private final NDArray deviation;
    private final boolean drops;
    private volatile long bodyVersion;
    private volatile Origin origin = Origin.UNKNOWN;

    private Classifier(
            ModelSpec spec,
            ImageShape shape,
            int classes,
            Normalisation normalisation,
            Consumer<Block[]> initialisers) {
        this.spec = spec;
        this.shape = shape;
        this.classes = classes;
        Check.positive("features of " + spec.name(), spec.features());
        this.normalisation = normalisation;
        manager = EngineStart.engine().newBaseManager();
        body = spec.body(shape.height(), shape.width());
        head = Linear.builder().setUnits(classes).build();
        drops = EngineChance.isDrawnOnBy(body);
        initialisers.accept(new Block[] {body, head});
        body.initialize(manager, DataType.FLOAT32, new Shape(1, shape.channels(), shape.height(), shape.width()));
        checkFeatures();
        head.initialize(manager, DataType.FLOAT32, new Shape(1, spec.features()));
        body.getParameters().forEach(parameter -> parameters.add(parameter.getValue()));
        head.getParameters().forEach(parameter -> parameters.add(parameter.getValue()));
        mean = manager.create(normalisation.mean(), new Shape(1, shape.channels(), 1, 1));
        deviation = manager.create(normalisation.deviation(), new Shape(1, shape.channels(), 1, 1));
        NativeMemory.givenBackWith(this, manager, bytes());
    }

    /**
     * Makes an untrained network for images like these: of their shape, their classes and their normalisation. Its
     * weights are drawn from the seed alone (He et al. 2015, uniform), the same on every device.
     *
     * @param spec the network's description
     * @param like the images it is for
     * @param seed where the weights come from
     * @throws IllegalArgumentException if the images are too small for the network, or if its body gives something other
     *     than the features that its description names
     */
    public static Classifier create(ModelSpec spec, Images like, long seed) {
        Check.given("model", spec);
        Check.given("like", like);
        Origin begun = Origin.of("new network").with("network", spec).with("seed", seed);
        Classifier made = new Classifier(
                spec, like.shape(), like.classes(), like.normalisation(), blocks -> FirstWeights.random(blocks, seed));
        made.origin =
                begun.with("like", like.slice(0, Math.min(1, like.size()))).ended();
        return made;
    }

    /**
     * Makes a network of zeros, to be given weights.
     *
     * @param most how many numbers it may have
     * @throws IllegalArgumentException if its description is of a larger one; nothing larger is made
     */
    static Classifier blank(ModelSpec spec, ImageShape shape, int classes, Normalisation normalisation, long most) {
        return new Classifier(
                spec, shape, classes, normalisation, blocks -> FirstWeights.zeros(blocks, spec.name(), most));
    }

    private void checkFeatures() {
        Shape[] given =
                body.getOutputShapes(new Shape[] {new Shape(1, shape.channels(), shape.height(), shape.width())});
        Check.that(
                given.length == 1 && given[0].equals(new Shape(1, spec.features())),
                "the body of %s gives %s for one image where a linear head of %d features needs (1, %d)",
                spec.name(),
                given.length == 1 ? given[0] : given.length + " arrays",
                spec.features(),
                spec.features());
    }

    /** Returns a network with the same weights that goes its own way from here. */
    public Classifier copy() {
        Classifier copy = as(spec, weights());
        copy.origin = origin;
        return copy;
    }

    /** Returns how its weights came to be; unknown after weights were put in by {@code load}. */
    public Origin origin() {
        return origin;
    }

    /** Says how its weights came to be, after they were put in. */
    public void comesFrom(Origin how) {
        origin = Check.given("how", how);
    }

    /**
     * Saves the network, its description included, as safetensors; see {@link ModelFile}.
     *
     * @throws unlearn4j.data.DataException if the file can't be written; then what was there is still there
     */
    public void save(Path file) {
        new ModelFile("", Map.of(MODEL, this)).save(file);
    }

    /**
     * Loads a network that {@link #save} wrote, of a description that comes with the toolkit; what it says is bit for bit
     * the same.
     *
     * @throws unlearn4j.data.DataException if there is no such file, or it is damaged or none of ours, or if its network has
     *     a description of somebody's own
     */
    public static Classifier load(Path file) {
        return only(file, ModelFile.load(file));
    }

    /**
     * Loads a network that {@link #save} wrote, of a description of one's own: {@code Classifier.load(path, new Mlp(64))}.
     * The file holds its name, its features and the shapes of its weights; all must be those of the description.
     *
     * @throws unlearn4j.data.DataException as {@link #load(Path)} does, or if the file's network is of another description
     */
    public static Classifier load(Path file, ModelSpec spec) {
        Classifier model = only(file, ModelFile.load(file, List.of(Check.given("spec", spec))));
        if (!model.spec.equals(spec)) {
            throw new DataException(file + " holds " + model.spec.name() + " of " + model.spec.features()
                    + " features, not " + spec.name() + " of " + spec.features());
        }
        return model;
    }

    private static Classifier only(Path file, ModelFile loaded) {
        Classifier model = loaded.models().get(MODEL);
        if (model == null) {
            throw new DataException(file + " holds several models: a network of clients is loaded by HdusNetwork.load");
        }
        return model;
    }

    /** Returns a network of another description, for the same images and with those weights. */
    Classifier as(ModelSpec other, Weights weights) {
        Classifier made = blank(other, shape, classes, normalisation, weights.size());
        made.load(weights);
        return made;
    }

    /** Returns the network's description. */
    public ModelSpec spec() {
        return spec;
    }

    /** Returns how it sees the pixels. */
    Normalisation normalisation() {
        return normalisation;
    }

    /** Returns each parameter's shape and name, in the order of the weights. */
    List<Pair<String, Shape>> layout() {
        return parameters.stream()
                .map(p -> new Pair<>(p.getName(), p.getArray().getShape()))
                .toList();
    }

    /** Returns the shape of the images it takes. */
    public ImageShape shape() {
        return shape;
    }

    /** Returns K, the number of classes. */
    public int classes() {
        return classes;
    }

    /** Returns how many numbers the network has, running means and variances included. */
    public long parameters() {
        return parameters.stream()
                .mapToLong(parameter -> parameter.getArray().getShape().size())
                .sum();
    }

    /** Returns how many bytes those numbers take as 32-bit floats. */
    public long bytes() {
        return Float.BYTES * parameters();
    }

    /** Returns the weights as they are now. */
    public Weights weights() {
        List<float[]> arrays = new ArrayList<>(parameters.size());
        for (Parameter parameter : parameters) {
            arrays.add(parameter.getArray().toFloatArray());
        }
        Reference.reachabilityFence(this);
        return new Weights(arrays);
    }

    /**
     * Replaces the weights.
     *
     * @throws IllegalArgumentException if they are another network's; then nothing is replaced
     */
    public void load(Weights weights) {
        Check.given("weights", weights).checkFit(spec.name(), layout());
        bodyChanges();
        for (int i = 0; i < parameters.size(); i++) {
            Weights.fill(parameters.get(i).getArray(), weights.array(i));
        }
        Reference.reachabilityFence(this);
    }

    /** Returns a number that differs after every change to the body: what its features gave holds for as long as it does. */
    public long bodyVersion() {
        return bodyVersion;
    }

    /** Says that the body is about to change. */
    void bodyChanges() {
        bodyVersion++;
        origin = Origin.UNKNOWN;
    }

    /** Returns the head's weights as they are now. */
    public Head head() {
        float[] weight = headWeight().toFloatArray();
        float[] bias = headBias().toFloatArray();
        Reference.reachabilityFence(this);
        return new Head(classes, spec.features(), weight, bias);
    }

    /** Replaces the head's weights; the body stays. */
    public void load(Head replacement) {
        Check.given("head", replacement);
        Check.that(
                replacement.classes() == classes && replacement.features() == spec.features(),
                "a head of %d×%d does not fit %s, whose head is %d×%d",
                replacement.classes(),
                replacement.features(),
                spec.name(),
                classes,
                spec.features());
        origin = Origin.UNKNOWN;
        Weights.fill(headWeight(), replacement.weight());
        Weights.fill(headBias(), replacement.bias());
        Reference.reachabilityFence(this);
    }

    private NDArray headWeight() {
        return parameters.get(parameters.size() - 2).getArray();
    }

    private NDArray headBias() {
        return parameters.get(parameters.size() - 1).getArray();
    }

    /**
     * Refuses images that the network cannot take: none at all, or of another shape or number of classes.
     *
     * @throws IllegalArgumentException if it cannot
     */
    public void checkFits(Images images) {
        Check.given("images", images);
        Check.that(
                images.shape().equals(shape),
                "images of %s do not fit %s, which takes %s",
                images.shape(),
                spec.name(),
                shape);
        Check.that(
                images.classes() == classes,
                "%s has %d classes, %s has %d",
                images.name(),
                images.classes(),
                spec.name(),
                classes);
        Check.that(!images.isEmpty(), "%s holds no images", images.name());
    }

    /** Returns a new scope for tensors on the network's device, to be closed by the caller. */
    public NDManager scope() {
        return manager.newSubManager();
    }

    /**
     * Returns how many layers the network has, its head among them. As in the names of networks, a layer is a convolution or
     * a linear layer with its bias; a normalisation counts with the layer before it.
     */
    public int layers() {
        return (int) parameters.stream()
                .filter(parameter -> parameter.getType() == Parameter.Type.WEIGHT)
                .count();
    }

    /**
     * Returns where the trainable parameters of the last layers stand among the arrays of {@link Weights#copy}, without the
     * head's two, which stand at the end. Running means and variances are not trainable.
     *
     * @param layers how many layers, the head among them, from 1 to {@link #layers()}
     */
    public int[] parametersBeforeHead(int layers) {
        Check.that(
                layers >= 1 && layers <= layers(),
                "layers (%d) must be from 1 to the %d of %s",
                layers,
                layers(),
                spec.name());
        int first = parameters.size() - 2;
        for (int left = layers - 1; left > 0; left--) {
            do {
                first--;
            } while (parameters.get(first).getType() != Parameter.Type.WEIGHT);
        }
        return IntStream.range(layers == layers() ? 0 : first, parameters.size() - 2)
                .filter(i -> parameters.get(i).requiresGradient())
                .toArray();
    }

    /** Returns the array of a parameter. */
    NDArray array(int parameter) {
        return parameters.get(parameter).getArray();
    }

    /** Returns the arrays that training changes. */
    List<NDArray> trainable() {
        return parameters.stream()
                .filter(Parameter::requiresGradient)
                .map(Parameter::getArray)
                .toList();
    }

    /** Returns the arrays that training measures instead: running means and variances. */
    List<NDArray> statistics() {
        return parameters.stream()
                .filter(parameter -> !parameter.requiresGradient())
                .map(Parameter::getArray)
                .toList();
    }

    /** Returns those where the body is frozen. */
    List<NDArray> trainableHead() {
        return List.of(headWeight(), headBias());
    }

    Block body() {
        return body;
    }

    /** Returns the features (N, J) of a batch as the network sees them in use; the pixels are changed. */
    NDArray features(NDArray pixels) {
        return forward(pixels, false);
    }

    /** The same in training: dropout is on, and comes from the seed; batch statistics are used and updated. */
    NDArray trainingFeatures(NDArray pixels, long seed) {
        bodyChanges();
        return drops ? EngineChance.from(seed, () -> forward(pixels, true)) : forward(pixels, true);
    }

    private NDArray forward(NDArray pixels, boolean training) {
        return forward(body, normalised(pixels), training);
    }

    /** Returns a batch (N, channels, height, width) of numbers from 0 to 255, which are changed, as the body takes it. */
    NDArray normalised(NDArray pixels) {
        return pixels.divi(255).subi(mean).divi(deviation);
    }

    /** Runs a part of the network. */
    NDArray forward(Block part, NDArray input, boolean training) {
        return part.forward(new ParameterStore(manager, false), new NDList(input), training)
                .singletonOrThrow();
    }

    /** Returns the logits (N, K) of features (N, J). */
    NDArray logits(NDArray features, boolean training) {
        NDArray logits = forward(head, features, training);
        Reference.reachabilityFence(this);
        return logits;
    }

    @Override
    public String toString() {
        double megabytes = bytes() / 1e6;
        return String.format(Locale.ROOT, TEXT, spec.name(), parameters(), megabytes, shape, classes);
    }
}
