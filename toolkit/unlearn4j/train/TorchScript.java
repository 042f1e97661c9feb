package unlearn4j.train;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.util.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import unlearn4j.core.Check;
import unlearn4j.core.Reason;
import unlearn4j.data.DataException;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;

/**
 * The description of a network of PyTorch's that the toolkit has no description of: its body is a TorchScript, from a file,
 * and its head a linear layer. In Python {@code save_file(net.state_dict(), "net.safetensors")} keeps the weights; then
 * {@code net.fc = torch.nn.Identity()} takes the head off, and {@code torch.jit.script(net).save("body.pt")} keeps the rest
 * ({@code torch.jit.trace(net.eval(), images)} where that does not read it). Here they are joined:
 *
 * <pre>{@code
 * var body = TorchScript.of(Path.of("body.pt"), "fc", data.train());
 * var model = TorchWeights.load(Path.of("net.safetensors"), body, data.train());
 * Fiun.on(Umig.of().add(new ModelNode("net", model, data.train()))).forget(Labels.of(1));
 * TorchWeights.save(model, Path.of("forgotten.safetensors"));
 * }</pre>
 *
 * <p>The network is copied, trained on, made to forget and audited like any other. In training too its normalisations keep
 * their running means, and dropout is off. It can't be made anew, so what re-trains refuses it. {@link Classifier#save} keeps
 * its weights without the script: {@code Classifier.load(file, body)} takes both.
 *
 * <p>A TorchScript is a program and runs by design, in libtorch, whose reader of its pickles guards against neither damage
 * nor malice: load none of somebody whom you don't trust. What is no TorchScript is refused before libtorch sees it.
 */
public final class TorchScript implements ModelSpec {
    private final byte[] script;
    private final String sha256;
    private final String head;
    private final ImageShape shape;
    private final int features;

    private TorchScript(byte[] script, String head, ImageShape shape, int features) {
        this.script = script;
        this.sha256 = DigestUtils.sha256Hex(script);
        this.head = head;
        this.shape = shape;
        this.features = features;
    }

    /**
     * Reads a body and runs it on three small made-up images to see what it gives. The file isn't needed again.
     *
     * @param body what {@code torch.jit.script} or {@code torch.jit.trace} saved, from (N, channels, height, width) to (N, J)
     * @param head what PyTorch calls the linear layer that was taken off, {@code "fc"}, {@code "classifier.6"}
     * @param like images of the shape that it is for
     * @throws DataException if there is no such file, or it is damaged or no TorchScript, a {@code torch.save} say, or no body
     *     for such images: it gives something other than 32-bit features, or not each image its own
     */
    public static TorchScript of(Path body, String head, Images like) {
        Check.given("body", body);
        Check.that(
                !Check.given("head", head).isBlank(),
                "head must be a layer's name in PyTorch, \"fc\" say: it is blank");
        ImageShape shape = Check.given("like", like).shape();
        if (!Files.isRegularFile(body)) {
            throw new DataException("there is no file " + body);
        }
        try {
            byte[] script = ScriptFile.read(body);
            return new TorchScript(script, head, shape, ScriptTrial.features(script, head, shape));
        } catch (IllegalArgumentException e) {
            throw new DataException(body + " is not loaded: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DataException(body + " can't be read (" + Reason.of(e) + ")", e);
        }
    }

    /** Returns {@code "TorchScript"} and the beginning of the file's SHA-256. */
    @Override
    public String name() {
        return "TorchScript " + sha256.substring(0, 12);
    }

    @Override
    public int features() {
        return features;
    }

    @Override
    public Block body(int height, int width) {
        Check.that(
                height == shape.height() && width == shape.width(),
                "%s was read for images of %s, not of %d×%d",
                name(),
                shape,
                height,
                width);
        return new ScriptBody(script, features);
    }

    /** Returns what PyTorch calls its arrays: the body's parameters as the script does, then the head's two. */
    TorchLayout layout(List<Pair<String, Shape>> layout) {
        Map<String, List<Long>> arrays = new LinkedHashMap<>();
        for (int i = 0; i < layout.size(); i++) {
            String before = i < layout.size() - 2 ? "" : head + ".";
            arrays.put(
                    before + layout.get(i).getKey(),
                    TorchLayout.sides(layout.get(i).getValue()));
        }
        return new TorchLayout(arrays, List.of());
    }

    /**
     * Returns what is read of a file: all of its parameters, or the head alone where it has none of the others. What else it
     * has are running means and counters, which the body has itself.
     *
     * @throws IllegalArgumentException if it has no linear layer of the head's name, or one of other features
     */
    TorchLayout found(TorchLayout all, Map<String, SafeTensors.Tensor> tensors) {
        List<String> linear = tensors.keySet().stream()
                .filter(name ->
                        name.endsWith(".weight") && tensors.get(name).shape().size() == 2)
                .map(name -> name.substring(0, name.length() - ".weight".length()))
                .filter(name -> tensors.containsKey(name + ".bias"))
                .toList();
        Check.that(
                linear.contains(head),
                "it has no linear layer %s, a weight of two sides and a bias: its linear layers are %s",
                head,
                linear);
        long takes = tensors.get(head + ".weight").shape().get(1);
        Check.that(
                takes == features,
                "%s takes %d features where the body gives %d: save the body with %s made an Identity, and nothing else",
                head,
                takes,
                features,
                head);
        Map<String, List<Long>> arrays = new LinkedHashMap<>(all.arrays());
        arrays.keySet().retainAll(List.of(head + ".weight", head + ".bias"));
        boolean alone = tensors.keySet().stream()
                .allMatch(name -> arrays.containsKey(name) || !all.arrays().containsKey(name));
        Map<String, List<Long>> read = alone ? arrays : all.arrays();
        return new TorchLayout(
                read,
                tensors.keySet().stream()
                        .filter(name -> !read.containsKey(name))
                        .toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TorchScript script
                && script.sha256.equals(sha256)
                && script.head.equals(head)
                && script.shape.equals(shape);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
