package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.core.Refusal;
import unlearn4j.data.Images;
import unlearn4j.model.AlexNet;
import unlearn4j.model.DenseNet;
import unlearn4j.model.MobileNetV2;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;

/** Held against what the real PyTorch has written: {@code src/test/resources/torch/fixture.py}. */
class TorchFixtureTest {
    private static final Map<String, ModelSpec> SPECS =
            Map.of("resnet", TorchFixture.RESNET, "densenet", new DenseNet("narrow", 4, List.of(2, 3), 8, true));

    @TempDir
    private Path folder;

    private static Classifier loaded(String name) {
        return TorchWeights.load(
                TorchFixture.FOLDER.resolve(name + ".safetensors"),
                SPECS.get(name),
                TorchFixture.images(),
                TorchFixture.SEEN);
    }

    private static JsonObject said(String name) throws IOException {
        return JsonParser.parseString(Files.readString(TorchFixture.FOLDER.resolve(name + ".json")))
                .getAsJsonObject();
    }

    private static float[] numbers(JsonArray array) {
        List<Float> numbers = new ArrayList<>();
        array.forEach(one -> {
            if (one.isJsonArray()) {
                one.getAsJsonArray().forEach(number -> numbers.add(number.getAsFloat()));
            } else {
                numbers.add(one.getAsFloat());
            }
        });
        float[] values = new float[numbers.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = numbers.get(i));
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet", "densenet"})
    void logitsAreWhatPyTorchSays(String name) throws IOException {
        float[] logits = Evaluator.logits(loaded(name), TorchFixture.images()).values();
        assertThat(logits).containsExactly(numbers(said(name).getAsJsonArray("logits")), within(1e-5f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet", "densenet"})
    void aBatchInTrainingMovesTheStatisticsAsInPyTorch(String name) throws IOException {
        Classifier model = loaded(name);
        Images images = TorchFixture.images();
        byte[] pixels = new byte[images.size() * images.shape().bytes()];
        IntStream.range(0, images.size())
                .forEach(i -> images.copy(i, pixels, i * images.shape().bytes()));
        try (NDManager scope = model.scope()) {
            float[] values = new float[pixels.length];
            IntStream.range(0, values.length).forEach(i -> values[i] = pixels[i] & 0xff);
            NDArray batch = scope.create(values, new Shape(images.size(), 3, 32, 32));
            Sgd.undifferentiated(() -> model.trainingFeatures(batch, 1));
        }
        TorchLayout layout = TorchLayout.of("narrow", SPECS.get(name).torchLayers(), model.layout());
        List<String> names = List.copyOf(layout.arrays().keySet());
        Weights weights = model.weights();
        JsonObject after = said(name).getAsJsonObject("after");
        assertThat(after.size()).isEqualTo(2 * layout.counters().size());
        for (String array : after.keySet()) {
            assertThat(weights.array(names.indexOf(array)))
                    .as(array)
                    .containsExactly(numbers(after.getAsJsonArray(array)), within(1e-5f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet", "densenet"})
    void whatIsSavedHasPyTorchsNamesShapesAndNumbers(String name) throws IOException {
        Classifier model = loaded(name);
        Path out = folder.resolve("out.safetensors");
        TorchWeights.save(model, out);
        JsonObject written = header(out);
        JsonObject theirs = header(TorchFixture.FOLDER.resolve(name + ".safetensors"));
        assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(theirs.keySet());
        for (String tensor : theirs.keySet()) {
            if (!tensor.equals("__metadata__")) {
                assertThat(written.getAsJsonObject(tensor).get("shape"))
                        .isEqualTo(theirs.getAsJsonObject(tensor).get("shape"));
                assertThat(written.getAsJsonObject(tensor).get("dtype"))
                        .isEqualTo(theirs.getAsJsonObject(tensor).get("dtype"));
            }
        }
        assertThat(written.getAsJsonObject("__metadata__").get("mean").getAsString())
                .isEqualTo("[0.5,0.5,0.5]");
        Classifier again = TorchWeights.load(out, model.spec(), TorchFixture.images(), model.normalisation());
        assertThat(again.weights()).isEqualTo(model.weights());
        byte[] first = Files.readAllBytes(out);
        TorchWeights.save(again, out);
        assertThat(Files.readAllBytes(out)).isEqualTo(first);
    }

    private static JsonObject header(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(length % 8).isZero();
        return JsonParser.parseString(new String(bytes, 8, length, StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    @Test
    void sixteenBitFloatsBecomeTheNumbersThatTheyAre() throws IOException {
        float[][] read = new float[2][];
        String[] types = {"F16", "BF16"};
        short[][] bits = {{0x3c00, (short) 0xc100, 0x0001, 0x7bff}, {0x3f80, (short) 0xc020, 0x0001, 0x7f7f}};
        for (int i = 0; i < 2; i++) {
            ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            for (short number : bits[i]) {
                bytes.putShort(number);
            }
            SafeTensors.Tensor tensor = new SafeTensors.Tensor("x", types[i], List.of(4L), 0, 8);
            read[i] = TorchNumbers.read(
                    new java.io.DataInputStream(new java.io.ByteArrayInputStream(bytes.array())), tensor);
        }
        assertThat(read[0]).containsExactly(1f, -2.5f, 0x1p-24f, 65504f);
        assertThat(read[1]).containsExactly(1f, -2.5f, 0x1p-133f, 0x1.fep127f);
    }

    @Test
    void networksThatPyTorchHasOtherwiseAreRefusedWithTheReason() {
        for (ModelSpec other : List.of(MobileNetV2.SMALL, AlexNet.SPEC, DenseNet.SPEC)) {
            assertThatThrownBy(() -> TorchWeights.load(folder.resolve("x"), other, TorchFixture.images()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith(other.name() + " ")
                    .hasMessageContaining("PyTorch");
        }
    }

    @Test
    void torchvisionsOwnHaveAllTheirNames() {
        assertThat(ResNet.IMAGENET.torchLayers())
                .hasSize(41)
                .contains("layer4.1.conv2", "layer2.0.downsample.1")
                .endsWith("fc");
        assertThat(DenseNet.IMAGENET.torchLayers())
                .hasSize(322)
                .contains("features.denseblock3.denselayer36.conv2", "features.transition3.norm")
                .endsWith("features.norm5", "classifier");
    }
}
