package unlearn4j.train;

import ai.djl.ndarray.types.Shape;
import ai.djl.util.Pair;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import unlearn4j.core.Check;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Normalisation;
import unlearn4j.model.ModelSpec;

/**
 * The JSON header of a file of models: {@code __metadata__}, then a tensor an entry. What is read is held against itself and
 * the file's length before anybody makes an array of it.
 *
 * @param about what the caller has to say
 * @param models the networks, in the order of their numbers
 * @param layouts for each network its tensors' names and shapes
 */
record ModelHeader(String about, List<Described> models, List<List<Pair<String, Shape>>> layouts) {
    static final String BEGINNING = "{\"__metadata__\":{\"sha256\":\"";
    static final String NO_HASH = "0".repeat(64);
    private static final String FORMAT = "unlearn4j models 1";
    private static final Set<String> TENSOR = Set.of("dtype", "shape", "data_offsets");

    /** A network's description: all but its numbers. */
    record Described(
            String name,
            ModelSpec spec,
            ImageShape shape,
            int classes,
            Normalisation normalisation,
            List<Integer> lengths) {

        Described {
            Check.given("name of a network", name);
            Check.given("spec of " + name, spec);
            Check.given("name of the description of " + name, spec.name());
            Check.given("shape of " + name, shape);
            Check.positive("classes of " + name, classes);
            Check.given("normalisation of " + name, normalisation);
            Check.that(
                    normalisation.mean().length == shape.channels(),
                    "%s normalises %d channels of %s",
                    name,
                    normalisation.mean().length,
                    shape);
            Check.notEmpty("lengths of " + name, lengths)
                    .forEach(length ->
                            Check.positive("a length of " + name, Check.given("a length of " + name, length)));
        }

        long numbers() {
            return lengths.stream().mapToLong(Integer::intValue).sum();
        }
    }

    private static Gson json(List<ModelSpec> own) {
        return new GsonBuilder()
                .disableHtmlEscaping()
                .registerTypeHierarchyAdapter(ModelSpec.class, new ModelSpecJson(own))
                .create();
    }

    /** Returns the header of those networks, with zeros for a hash. */
    static String of(String about, Map<String, Classifier> models) {
        Gson json = json(List.of());
        List<Described> described = new ArrayList<>();
        JsonObject tensors = new JsonObject();
        long offset = 0;
        for (Map.Entry<String, Classifier> entry : models.entrySet()) {
            Classifier model = entry.getValue();
            List<Integer> lengths = new ArrayList<>();
            for (Pair<String, Shape> parameter : model.layout()) {
                long bytes = Float.BYTES * parameter.getValue().size();
                JsonObject tensor = new JsonObject();
                tensor.addProperty("dtype", "F32");
                tensor.add("shape", json.toJsonTree(parameter.getValue().getShape()));
                tensor.add("data_offsets", json.toJsonTree(new long[] {offset, offset + bytes}));
                tensors.add(tensorName(entry.getKey(), lengths.size(), parameter.getKey()), tensor);
                lengths.add(Math.toIntExact(parameter.getValue().size()));
                offset += bytes;
            }
            described.add(new Described(
                    entry.getKey(), model.spec(), model.shape(), model.classes(), model.normalisation(), lengths));
        }
        JsonObject metadata = new JsonObject();
        metadata.addProperty("sha256", NO_HASH);
        metadata.addProperty("format", FORMAT);
        metadata.addProperty("models", json.toJson(described));
        metadata.addProperty("about", about);
        JsonObject header = new JsonObject();
        header.add("__metadata__", metadata);
        tensors.entrySet().forEach(tensor -> header.add(tensor.getKey(), tensor.getValue()));
        // Spaces at the end let the numbers begin at a multiple of eight, as other writers of the format have it.
        String text = json.toJson(header);
        return text + " ".repeat(-text.getBytes(StandardCharsets.UTF_8).length & 7);
    }

    private static String tensorName(String model, int place, String parameter) {
        return model + "/" + place + "." + parameter;
    }

    /**
     * Reads a header.
     *
     * @param bytes how many bytes follow it
     * @param own descriptions that do not come with the toolkit
     * @throws IllegalArgumentException if it is not right, with what is wrong
     */
    static ModelHeader parse(String text, long bytes, List<ModelSpec> own) {
        JsonObject header = JsonParser.parseString(text).getAsJsonObject();
        JsonObject metadata = header.getAsJsonObject("__metadata__");
        String format = text(metadata, "format");
        Check.that(format.equals(FORMAT), "its format is \"%s\", this version's \"%s\"", format, FORMAT);
        Described[] described = json(own).fromJson(text(metadata, "models"), Described[].class);
        Check.that(described != null, "it describes no models");
        List<Described> models = List.of(described);
        return new ModelHeader(text(metadata, "about"), models, layouts(models, header, bytes));
    }

    private static String text(JsonObject object, String name) {
        JsonElement value = Check.given(name, object.get(name));
        Check.that(
                value.isJsonPrimitive() && value.getAsJsonPrimitive().isString(),
                "%s must be text, it is %s",
                name,
                value);
        return value.getAsString();
    }

    /** The tensors must be those of the networks, in their order and without a gap, to the end of the file. */
    private static List<List<Pair<String, Shape>>> layouts(List<Described> models, JsonObject header, long bytes) {
        List<List<Pair<String, Shape>>> layouts = new ArrayList<>();
        Iterator<Map.Entry<String, JsonElement>> tensors = header.entrySet().iterator();
        tensors.next();
        Set<String> names = new TreeSet<>();
        long offset = 0;
        for (Described model : models) {
            Check.that(names.add(model.name), "two networks are named %s", model.name);
            List<Pair<String, Shape>> layout = new ArrayList<>();
            for (long length : model.lengths) {
                Check.that(tensors.hasNext(), "%s has fewer tensors than its description", model.name);
                Map.Entry<String, JsonElement> entry = tensors.next();
                String before = tensorName(model.name, layout.size(), "");
                Check.that(entry.getKey().startsWith(before), "tensor %s should be a %s…", entry.getKey(), before);
                Shape shape = shape(entry.getKey(), entry.getValue().getAsJsonObject(), length, offset);
                layout.add(new Pair<>(entry.getKey().substring(before.length()), shape));
                offset += Float.BYTES * length;
            }
            layouts.add(layout);
        }
        Check.that(!tensors.hasNext(), "it has more tensors than its networks");
        Check.that(offset == bytes, "its tensors take %d bytes, %d follow the header", offset, bytes);
        return layouts;
    }

    private static Shape shape(String name, JsonObject tensor, long length, long offset) {
        Check.that(tensor.keySet().equals(TENSOR), "tensor %s has %s, not %s", name, tensor.keySet(), TENSOR);
        Check.that(text(tensor, "dtype").equals("F32"), "tensor %s is of %s, not F32", name, tensor.get("dtype"));
        long[] sides = shapeOf(tensor);
        Check.that(
                size(sides, length) == length,
                "tensor %s of shape %s has not the %d numbers of its description",
                name,
                tensor.get("shape"),
                length);
        long end = offset + Float.BYTES * length;
        Check.that(
                tensor.get("data_offsets").equals(JsonParser.parseString("[" + offset + "," + end + "]")),
                "tensor %s lies at %s, not at [%d,%d]",
                name,
                tensor.get("data_offsets"),
                offset,
                end);
        return new Shape(sides);
    }

    private static long[] shapeOf(JsonObject tensor) {
        return tensor.get("shape").getAsJsonArray().asList().stream()
                .mapToLong(side -> Long.parseLong(side.getAsString()))
                .toArray();
    }

    /** Returns how many numbers a shape has, or −1 if more than {@code most} or a side is not 1 or more. */
    private static long size(long[] shape, long most) {
        long size = 1;
        for (long side : shape) {
            if (side < 1 || side > most / size) {
                return -1;
            }
            size *= side;
        }
        return size;
    }

    /** Refuses a network whose parameters have other names or shapes than the file's tensors. */
    void checkLayout(Described described, Classifier model) {
        List<Pair<String, Shape>> stored = layouts.get(models.indexOf(described));
        List<Pair<String, Shape>> wanted = model.layout();
        Check.that(
                stored.size() == wanted.size(),
                "%s has %d tensors, a %s has %d",
                described.name,
                stored.size(),
                described.spec.name(),
                wanted.size());
        for (int place = 0; place < wanted.size(); place++) {
            Pair<String, Shape> one = stored.get(place);
            Pair<String, Shape> other = wanted.get(place);
            Check.that(
                    one.getKey().equals(other.getKey()) && one.getValue().equals(other.getValue()),
                    "%s has a tensor %s %s where a %s has %s %s",
                    described.name,
                    one.getKey(),
                    one.getValue(),
                    described.spec.name(),
                    other.getKey(),
                    other.getValue());
        }
    }
}
