package unlearn4j.train;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Check;

/**
 * The header of a safetensors file of anybody's: which arrays there are, and where. It is held against itself and the file's
 * length before anybody makes an array of it.
 *
 * @param tensors the arrays by name, in the order in which they lie in the file
 */
record SafeTensors(Map<String, Tensor> tensors) {
    private static final Map<String, Integer> BYTES = Map.ofEntries(
            Map.entry("F64", 8),
            Map.entry("F32", 4),
            Map.entry("F16", 2),
            Map.entry("BF16", 2),
            Map.entry("I64", 8),
            Map.entry("I32", 4),
            Map.entry("I16", 2),
            Map.entry("I8", 1),
            Map.entry("U64", 8),
            Map.entry("U32", 4),
            Map.entry("U16", 2),
            Map.entry("U8", 1),
            Map.entry("BOOL", 1));

    /**
     * One array of the file.
     *
     * @param type {@code F32}, {@code BF16}, {@code I64} and so on
     * @param shape its sides, the outermost first
     * @param begin where it begins, in bytes after the header
     * @param end where the next begins
     */
    record Tensor(String name, String type, List<Long> shape, long begin, long end) {}

    /**
     * Reads a header.
     *
     * @param text its JSON
     * @param bytes how many bytes follow it
     * @throws IllegalArgumentException if it is not right, with what is wrong
     */
    static SafeTensors parse(String text, long bytes) {
        List<Tensor> found = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        try (JsonReader in = new JsonReader(new StringReader(text))) {
            in.beginObject();
            while (in.hasNext()) {
                String name = in.nextName();
                Check.that(names.add(name), "%s is there twice", name);
                if (name.equals("__metadata__")) {
                    in.skipValue();
                } else {
                    found.add(tensor(name, in));
                }
            }
            in.endObject();
            Check.that(in.peek() == JsonToken.END_DOCUMENT, "its header goes on after its end");
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new IllegalArgumentException("its header is no JSON of tensors", e);
        }
        found.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        long end = 0;
        for (Tensor tensor : found) {
            Check.that(
                    tensor.begin == end,
                    "%s begins at byte %d where %d is the first that is free",
                    tensor.name,
                    tensor.begin,
                    end);
            end = tensor.end;
            Check.that(end <= bytes, "%s ends at byte %d, there are %d", tensor.name, end, bytes);
            tensors.put(tensor.name, tensor);
        }
        Check.that(end == bytes, "its tensors take %d bytes, %d follow the header", end, bytes);
        return new SafeTensors(tensors);
    }

    private static Tensor tensor(String name, JsonReader in) throws IOException {
        String type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        in.beginObject();
        while (in.hasNext()) {
            String field = in.nextName();
            if (field.equals("dtype") && type == null) {
                type = in.nextString();
            } else if (field.equals("shape") && shape == null) {
                shape = numbers(in);
            } else if (field.equals("data_offsets") && offsets == null) {
                offsets = numbers(in);
            } else {
                throw Check.refusal("%s has a second or unknown entry %s", name, field);
            }
        }
        in.endObject();
        Check.that(
                type != null && shape != null && offsets != null && offsets.size() == 2,
                "%s lacks a dtype, a shape or two data_offsets",
                name);
        Check.that(BYTES.containsKey(type), "%s is of the unknown type %s", name, type);
        long begin = offsets.get(0);
        long end = offsets.get(1);
        Check.that(begin >= 0 && begin <= end, "%s lies from byte %d to %d", name, begin, end);
        long size = size(shape, (end - begin) / BYTES.get(type));
        Check.that(
                size >= 0 && size * BYTES.get(type) == end - begin,
                "%s of %s and shape %s does not take the %d bytes that it has",
                name,
                type,
                shape,
                end - begin);
        return new Tensor(name, type, shape, begin, end);
    }

    private static List<Long> numbers(JsonReader in) throws IOException {
        List<Long> numbers = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            numbers.add(in.nextLong());
        }
        in.endArray();
        return numbers;
    }

    /** Returns how many numbers a shape has, or −1 if that is more than {@code most}, or a side is negative. */
    private static long size(List<Long> shape, long most) {
        long size = 1;
        for (long side : shape) {
            if (side < 0 || side > 0 && size > most / side) {
                return -1;
            }
            size *= side;
        }
        return size;
    }
}
