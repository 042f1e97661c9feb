package unlearn4j.train;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
import unlearn4j.data.Images;
import unlearn4j.data.Normalisation;
import unlearn4j.model.ModelSpec;

/**
 * Weights that come from PyTorch and go back to it, as safetensors under the names of its {@code state_dict}. In Python
 * {@code safetensors.torch.save_file(model.state_dict(), "model.safetensors")} writes such a file, and
 * {@code model.load_state_dict(safetensors.torch.load_file("model.safetensors"))} takes one.
 */
public final class TorchWeights {
    /** The longest header that readers of the format take, in bytes. */
    private static final long LONGEST_HEADER = 100_000_000;

    private TorchWeights() {}

    /** Reads a network that sees pixels as those images' normalisation has them; see the other {@code load}. */
    public static Classifier load(Path file, ModelSpec spec, Images like) {
        return load(file, spec, like, Check.given("like", like).normalisation());
    }

    /**
     * Reads a network that PyTorch trained. Nothing is made of the file before all of it is found right; 16-bit floats become
     * 32-bit ones. A pickle ({@code .pt}, {@code .pth}) is a program, and is never run.
     *
     * @param file weights as {@code safetensors.torch.save_file} writes them
     * @param spec the same network's description: a {@link TorchScript}, or one that says its {@link ModelSpec#torchLayers}:
     *     {@code ResNet.IMAGENET} is torchvision's {@code resnet18}, {@code DenseNet.IMAGENET} its {@code densenet161}
     * @param like images of the shape and the classes that it is for
     * @param normalisation how it saw the pixels in training, {@code Normalize(mean, std)} after {@code ToTensor()}
     * @throws DataException if there is no such file, or it is damaged, a pickle, or another network's
     * @throws unlearn4j.core.Refusal if the description has no names in PyTorch
     */
    public static Classifier load(Path file, ModelSpec spec, Images like, Normalisation normalisation) {
        Check.given("file", file);
        checkNamed(Check.given("spec", spec));
        Check.given("like", like);
        Check.that(
                Check.given("normalisation", normalisation).mean().length
                        == like.shape().channels(),
                "normalisation of %d channels does not fit images of %s",
                normalisation.mean().length,
                like.shape());
        Classifier made = Classifier.blank(spec, like.shape(), like.classes(), normalisation, Long.MAX_VALUE);
        TorchLayout all = TorchLayout.of(made);
        if (!Files.isRegularFile(file)) {
            throw new DataException("there is no file " + file);
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            Map<String, SafeTensors.Tensor> tensors = header(in, Files.size(file));
            TorchLayout layout = spec instanceof TorchScript script ? script.found(all, tensors) : all;
            layout.check(spec.name() + " for " + like.classes() + " classes", tensors);
            Map<String, float[]> read = new HashMap<>();
            for (SafeTensors.Tensor tensor : tensors.values()) {
                Interrupted.check(file + " is not loaded");
                if (layout.arrays().containsKey(tensor.name())) {
                    read.put(tensor.name(), TorchNumbers.read(in, tensor));
                } else {
                    in.skipNBytes(tensor.end() - tensor.begin());
                }
            }
            fill(made, layout.arrays().keySet().stream().map(read::get).toList());
            return made;
        } catch (IllegalArgumentException e) {
            throw new DataException(file + " is not loaded: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DataException(file + " can't be read (" + e.getMessage() + ")", e);
        }
    }

    /** Refuses a description without names before anything is made of it. */
    private static void checkNamed(ModelSpec spec) {
        if (!(spec instanceof TorchScript)) {
            spec.torchLayers();
        }
    }

    /** Of a TorchScript there may be the head alone; a body has its weights then. */
    private static void fill(Classifier made, List<float[]> arrays) {
        if (arrays.size() == made.layout().size()) {
            made.load(new Weights(arrays));
        } else {
            made.load(new Head(made.classes(), made.spec().features(), arrays.get(0), arrays.get(1)));
        }
    }

    private static Map<String, SafeTensors.Tensor> header(DataInputStream in, long size) throws IOException {
        byte[] first = in.readNBytes(Long.BYTES);
        Check.that(
                first.length < 2 || !(first[0] == 'P' && first[1] == 'K' || first[0] == (byte) 0x80 && first[1] < 6),
                "it is what torch.save or torch.jit.save writes, a pickle, which is a program and is never run; in Python"
                        + " safetensors.torch.save_file(model.state_dict(), \"model.safetensors\") saves the weights alone");
        Check.that(first.length == Long.BYTES, "it has %d bytes, and is no safetensors file", first.length);
        long length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long rest = size - Long.BYTES;
        Check.that(
                length >= 0 && length <= Math.min(rest, LONGEST_HEADER),
                "it is no safetensors file, or cut off: it says that its header has %s bytes, and has %d in all",
                Long.toUnsignedString(length),
                size);
        String text = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
        return SafeTensors.parse(text, rest - length).tensors();
    }

    /**
     * Writes a network for PyTorch: {@code model.load_state_dict(load_file(file), strict=True)} takes it; that of a
     * {@link TorchScript} has no running means, which PyTorch's network keeps with {@code strict=False}. One of that name is
     * replaced when the new one is whole. The file's metadata say how the network sees pixels, {@code mean} and {@code std}
     * of {@code Normalize}.
     *
     * @param model a network whose description says its {@link ModelSpec#torchLayers}, or is a {@link TorchScript}
     * @throws DataException if the file can't be written; then what was there is still there
     * @throws unlearn4j.core.Refusal if the description has no names in PyTorch
     */
    public static void save(Classifier model, Path file) {
        Check.given("model", model);
        Check.given("file", file);
        TorchLayout layout = TorchLayout.of(model);
        Weights weights = model.weights();
        byte[] header = layout.header(model.normalisation()).getBytes(StandardCharsets.UTF_8);
        try (Aside aside = new Aside(file)) {
            OutputStream out = aside.out();
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            out.write(new byte[Long.BYTES * layout.counters().size()]);
            for (int i = 0; i < weights.count(); i++) {
                Interrupted.check(file + " is not written, what was there is still there");
                TorchNumbers.write(out, weights.array(i));
            }
            aside.replace();
        } catch (IOException e) {
            throw new DataException(
                    file + " can't be written (" + e.getMessage() + "): choose a folder that exists, with room", e);
        }
    }
}
