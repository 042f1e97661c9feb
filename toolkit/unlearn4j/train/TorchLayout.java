package unlearn4j.train;

import ai.djl.ndarray.types.Shape;
import ai.djl.util.Pair;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import unlearn4j.core.Check;
import unlearn4j.data.Normalisation;

/**
 * What PyTorch's {@code state_dict} calls the arrays of a network.
 *
 * @param arrays each array's name and shape, in the order of the network's weights
 * @param counters the scalars beside them that count a normalisation's batches, and that nothing here uses
 */
record TorchLayout(Map<String, List<Long>> arrays, List<String> counters) {
    private static final Map<String, String> PARAMETERS =
            Map.of("gamma", "weight", "beta", "bias", "runningMean", "running_mean", "runningVar", "running_var");

    /** These begin a layer. */
    private static final Set<String> FIRST = Set.of("weight", "gamma");

    /**
     * Names a network's arrays.
     *
     * @param layers what PyTorch calls the layers
     * @throws IllegalArgumentException if there are more or fewer of them than the network has
     */
    static TorchLayout of(String network, List<String> layers, List<Pair<String, Shape>> layout) {
        long has =
                layout.stream().filter(array -> FIRST.contains(array.getKey())).count();
        Check.that(
                Set.copyOf(layers).size() == has && layers.size() == has,
                "torchLayers of %s must be %d different names, one a layer with weights: they are %s",
                network,
                has,
                layers);
        Map<String, List<Long>> arrays = new LinkedHashMap<>();
        List<String> counters = new ArrayList<>();
        Iterator<String> names = layers.iterator();
        String layer = "";
        for (Pair<String, Shape> array : layout) {
            String parameter = array.getKey();
            if (FIRST.contains(parameter)) {
                layer = names.next() + ".";
            }
            arrays.put(layer + PARAMETERS.getOrDefault(parameter, parameter), sides(array.getValue()));
            if (parameter.equals("runningVar")) {
                counters.add(layer + "num_batches_tracked");
            }
        }
        return new TorchLayout(arrays, counters);
    }

    /** Returns a shape's sides, the outermost first. */
    static List<Long> sides(Shape shape) {
        return LongStream.of(shape.getShape()).boxed().toList();
    }

    /** Names a network's arrays as its description says. */
    static TorchLayout of(Classifier model) {
        return model.spec() instanceof TorchScript script
                ? script.layout(model.layout())
                : of(model.spec().name(), model.spec().torchLayers(), model.layout());
    }

    /**
     * Refuses a file whose arrays are another network's.
     *
     * @throws IllegalArgumentException if names are missing or unknown, or a shape or a type is another
     */
    void check(String network, Map<String, SafeTensors.Tensor> tensors) {
        String missing = some(arrays.keySet().stream()
                .filter(name -> !tensors.containsKey(name))
                .toList());
        String unknown = some(tensors.keySet().stream()
                .filter(name -> !arrays.containsKey(name) && !counters.contains(name))
                .toList());
        Check.that(
                missing.isEmpty() && unknown.isEmpty(),
                "it is not %s as PyTorch names it: missing %s; unknown %s",
                network,
                missing.isEmpty() ? "none" : missing,
                unknown.isEmpty() ? "none" : unknown);
        arrays.forEach((name, shape) -> {
            SafeTensors.Tensor tensor = tensors.get(name);
            Check.that(
                    tensor.shape().equals(shape),
                    "%s has the shape %s where %s has %s",
                    name,
                    tensor.shape(),
                    network,
                    shape);
            Check.that(
                    TorchNumbers.isRead(tensor.type()),
                    "%s is of %s: save F32, BF16 or F16, model.float().state_dict()",
                    name,
                    tensor.type());
        });
    }

    /** Returns the header of a file with the counters, 0 each, and then the arrays: eight bytes are a number's place. */
    String header(Normalisation normalisation) {
        Gson json = new Gson();
        JsonObject metadata = new JsonObject();
        metadata.addProperty("format", "pt");
        metadata.addProperty("mean", json.toJson(normalisation.mean()));
        metadata.addProperty("std", json.toJson(normalisation.deviation()));
        JsonObject header = new JsonObject();
        header.add("__metadata__", metadata);
        long end = 0;
        for (String counter : counters) {
            end = add(header, counter, "I64", List.of(), end, Long.BYTES);
        }
        for (Map.Entry<String, List<Long>> array : arrays.entrySet()) {
            long size = array.getValue().stream().reduce(1L, Math::multiplyExact);
            end = add(header, array.getKey(), "F32", array.getValue(), end, Float.BYTES * size);
        }
        String text = json.toJson(header);
        return text + " ".repeat(-text.getBytes(StandardCharsets.UTF_8).length & 7);
    }

    private static long add(JsonObject header, String name, String type, List<Long> shape, long begin, long bytes) {
        Gson json = new Gson();
        JsonObject tensor = new JsonObject();
        tensor.addProperty("dtype", type);
        tensor.add("shape", json.toJsonTree(shape));
        tensor.add("data_offsets", json.toJsonTree(new long[] {begin, begin + bytes}));
        header.add(name, tensor);
        return begin + bytes;
    }

    private static String some(List<String> names) {
        return names.stream().limit(4).collect(Collectors.joining(", "))
                + (names.size() > 4 ? " and " + (names.size() - 4) + " more" : "");
    }
}
