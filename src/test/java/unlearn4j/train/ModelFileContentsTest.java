package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.data.DataException;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;
import unlearn4j.model.ResNet;

/** Files whose checksum is right and whose contents are not: one line each, before anything is made of them. */
class ModelFileContentsTest {
    private static final Images IMAGES = TinyImages.of(3, 4, 8);
    static final byte[] WHOLE = whole();

    @TempDir
    private Path folder;

    private static byte[] whole() {
        try {
            Path file = Files.createTempFile("model", "");
            Classifier.create(ResNet.SMALL, IMAGES, 1).save(file);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int headerLength() {
        return (int) ByteBuffer.wrap(WHOLE).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    static String header() {
        return new String(WHOLE, 8, headerLength(), StandardCharsets.UTF_8);
    }

    /** Returns the file with that header and a right checksum. */
    static byte[] withHeader(String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] numbers = Arrays.copyOfRange(WHOLE, 8 + headerLength(), WHOLE.length);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        return sealed(file.putLong(text.length).put(text).put(numbers).array());
    }

    static byte[] sealed(byte[] bytes) {
        try {
            int at = 8 + ModelHeader.BEGINNING.length();
            System.arraycopy(ModelHeader.NO_HASH.getBytes(StandardCharsets.UTF_8), 0, bytes, at, 64);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            System.arraycopy(hash.getBytes(StandardCharsets.UTF_8), 0, bytes, at, 64);
            return bytes;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private record Wrong(String what, String words, UnaryOperator<JsonObject> header) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Wrong tensor(String what, String words, Consumer<JsonObject> change) {
        return new Wrong(what, words, header -> {
            header.entrySet().stream()
                    .skip(2)
                    .findFirst()
                    .ifPresent(entry -> change.accept(entry.getValue().getAsJsonObject()));
            return header;
        });
    }

    private static Wrong models(String what, String words, String from, String to) {
        return new Wrong(what, words, header -> {
            JsonObject metadata = header.getAsJsonObject("__metadata__");
            String text = metadata.get("models").getAsString();
            assertThat(text).contains(from);
            metadata.addProperty("models", text.replace(from, to));
            return header;
        });
    }

    private static JsonArray array(long... values) {
        JsonArray array = new JsonArray();
        Arrays.stream(values).forEach(array::add);
        return array;
    }

    static Stream<Wrong> wrongHeaders() {
        return Stream.of(
                tensor("another type", "is of \"F16\", not F32", t -> t.addProperty("dtype", "F16")),
                tensor("no type", "has [shape, data_offsets]", t -> t.remove("dtype")),
                tensor("a type that is a number", "must be text", t -> t.addProperty("dtype", 32)),
                tensor("an empty shape", "has not the", t -> t.add("shape", array())),
                tensor("a shape of zeros", "has not the", t -> t.add("shape", array(0, 0))),
                tensor("a shape beyond a long", "has not the", t -> t.add("shape", array(1L << 40, 1L << 40))),
                tensor("a shape of text", "not right", t -> t.addProperty("shape", "16")),
                tensor("overlapping offsets", "lies at [0,64], not at", t -> t.add("data_offsets", array(0, 64))),
                tensor("negative offsets", "lies at", t -> t.add("data_offsets", array(-8, 64))),
                tensor("offsets past the end", "lies at", t -> t.add("data_offsets", array(576, 1L << 50))),
                models("a network of 2³¹ blocks", "at most 1000", "\"blocks\":[1,1,1]", "\"blocks\":[2147483647,1,1]"),
                models(
                        "a wider network",
                        "another network's description",
                        "\"filters\":[16,32,64]",
                        "\"filters\":[16,32,65536]"),
                models("a deeper network", "another network's description", "\"blocks\":[1,1,1]", "\"blocks\":[1,1,9]"),
                models("a narrower network", "has a tensor", "\"filters\":[16,32,64]", "\"filters\":[8,32,64]"),
                models("a layer of no width", "filters", "\"filters\":[16,32,64]", "\"filters\":[0,32,64]"),
                models("no blocks", "blocks", "\"blocks\":[1,1,1],", ""),
                models("a block that is null", "not right", "\"blocks\":[1,1,1]", "\"blocks\":[null,1,1]"),
                models("blocks that are text", "not right", "\"blocks\":[1,1,1]", "\"blocks\":\"many\""),
                models("another class", "", "\"record\":\"ResNet\"", "\"record\":\"Layers\""),
                models("vast images", "", "\"height\":8", "\"height\":2000000000"),
                models("images of no height", "height (0)", "\"height\":8", "\"height\":0"),
                models("a negative number of classes", "classes", "\"classes\":3", "\"classes\":-3"),
                models("too many classes", "another network's description", "\"classes\":3", "\"classes\":2147483647"),
                models("half a class", "", "\"classes\":3", "\"classes\":3.5"),
                models("a deviation of zero", "deviation", "\"deviation\":[", "\"deviation\":[0,"),
                models("no name", "name of a network", "\"name\":\"model\",", ""),
                new Wrong("no networks", "not right", header -> {
                    header.getAsJsonObject("__metadata__").addProperty("models", "null");
                    return header;
                }),
                new Wrong("networks nested too deep", "not right", header -> {
                    header.getAsJsonObject("__metadata__").addProperty("models", "[".repeat(100_000));
                    return header;
                }),
                new Wrong("another format", "its format is \"unlearn4j models 9\"", header -> {
                    header.getAsJsonObject("__metadata__").addProperty("format", "unlearn4j models 9");
                    return header;
                }),
                new Wrong("no about", "about", header -> {
                    header.getAsJsonObject("__metadata__").remove("about");
                    return header;
                }),
                new Wrong("a tensor too many", "more tensors", header -> {
                    header.add(
                            "model/99.weight",
                            header.entrySet().stream()
                                    .skip(1)
                                    .findFirst()
                                    .orElseThrow()
                                    .getValue());
                    return header;
                }),
                new Wrong("a tensor of another name", "should be a", header -> {
                    String name = header.entrySet().stream()
                            .skip(3)
                            .findFirst()
                            .orElseThrow()
                            .getKey();
                    header.add("other", header.remove(name));
                    return header;
                }),
                new Wrong("a tensor that is a number", "not right", header -> {
                    String name = header.entrySet().stream()
                            .skip(1)
                            .findFirst()
                            .orElseThrow()
                            .getKey();
                    header.entrySet().stream()
                            .skip(1)
                            .findFirst()
                            .orElseThrow()
                            .setValue(new JsonPrimitive(name.length()));
                    return header;
                }));
    }

    @ParameterizedTest
    @MethodSource("wrongHeaders")
    void wrongContentsAreRefusedInOneLine(Wrong wrong) throws IOException {
        JsonObject changed = wrong.header.apply(JsonParser.parseString(header()).getAsJsonObject());
        Path file = Files.write(folder.resolve("wrong.safetensors"), withHeader(changed.toString()));
        Throwable error = catchThrowable(() -> Classifier.load(file));
        assertOneLine(error);
        assertThat(error.getMessage()).contains("wrong.safetensors").contains(wrong.words);
    }

    private static void assertOneLine(Throwable error) {
        assertThat(error).isInstanceOf(DataException.class);
        assertThat(error.getMessage())
                .doesNotContain("\n")
                .doesNotContainPattern("\\b(java|com\\.google|unlearn4j\\.[a-z]+|ai\\.djl)\\.[A-Za-z]");
    }

    @Test
    void whatIsNoFileIsNotReadAsOne() throws IOException, InterruptedException {
        assertThatThrownBy(() -> Classifier.load(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a folder");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> Classifier.load(pipe))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no file");
    }

    @Test
    void aHeaderLongerThanTheFileIsRefused() throws IOException {
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, WHOLE.length, 1L << 40, 0, 7}) {
            byte[] bytes = WHOLE.clone();
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
            Path file = Files.write(folder.resolve("long"), sealed(bytes));
            assertOneLine(catchThrowable(() -> Classifier.load(file)));
        }
    }

    /** One to four bytes of the header are others, and the checksum fits: it is refused in one line, or says the same. */
    @Property(tries = 400)
    void anyHeaderIsReadOrRefused(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = WHOLE.clone();
        int first = 8 + ModelHeader.BEGINNING.length() + 64;
        for (int change = random.nextInt(1, 5); change > 0; change--) {
            int at = random.nextInt(first, 8 + headerLength());
            bytes[at] = random.nextBoolean()
                    ? (byte) "0123456789[]{}\",:-eE.nul\\".charAt(random.nextInt(25))
                    : (byte) random.nextInt(256);
        }
        Path file = Files.write(Files.createTempFile("fuzz", ""), sealed(bytes));
        try {
            Throwable error = catchThrowable(() -> Classifier.load(file));
            if (error != null) {
                assertThat(error).isInstanceOf(DataException.class);
                assertThat(error.getMessage()).doesNotContain("\n");
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aDescriptionOfOnesOwnIsSavedAndGivenToLoad() {
        Classifier model = Classifier.create(new Mlp(7, 5), IMAGES, 1);
        Path file = folder.resolve("own");
        model.save(file);
        Classifier loaded = Classifier.load(file, new Mlp(7, 5));
        assertThat(loaded.weights()).isEqualTo(model.weights());
        assertThat(loaded.spec()).isEqualTo(model.spec());
        assertThat(Evaluator.logits(loaded, IMAGES).values())
                .isEqualTo(Evaluator.logits(model, IMAGES).values());
        assertThat(ModelFile.load(file, List.of(new Mlp(7, 5))).models()).hasSize(1);

        assertThatThrownBy(() -> Classifier.load(file))
                .isInstanceOf(DataException.class)
                .hasMessage(file
                        + " holds MLP, a network of somebody's own description: load it with a description of that "
                        + "name and of 5 features, Classifier.load(path, description)");
        assertThatThrownBy(() -> Classifier.load(file, new Mlp(7, 6)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("of 5 features");
        assertThatThrownBy(() -> Classifier.load(file, new Mlp(6, 5)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("MLP")
                .hasMessageContaining("has a tensor weight (7, 64) where a MLP has weight (6, 64)");
        assertThatThrownBy(() -> Classifier.load(file, new Mlp(70, 5)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("another network's description");
    }

    @Test
    void aDescriptionOfTheToolkitIsLoadedAsThatOne() {
        Classifier model = Classifier.create(ResNet.SMALL, IMAGES, 1);
        Path file = folder.resolve("resnet");
        model.save(file);
        assertThat(Classifier.load(file, ResNet.SMALL).weights()).isEqualTo(model.weights());
        assertThatThrownBy(() -> Classifier.load(file, new Mlp(7, 5)))
                .isInstanceOf(DataException.class)
                .hasMessage(file + " holds ResNet8 of 64 features, not MLP of 5");
    }
}
