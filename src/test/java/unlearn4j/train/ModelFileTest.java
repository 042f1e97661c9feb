package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.data.DataException;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.model.AlexNet;
import unlearn4j.model.DenseNet;
import unlearn4j.model.MobileNetV2;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;

class ModelFileTest {
    private static final Images IMAGES = TinyImages.of(3, 4, 16);
    private static final Classifier ONE = Classifier.create(ResNet.SMALL, IMAGES, 1);
    private static final Classifier TWO = Classifier.create(new ResNet("Res \"12\"", List.of(1, 1, 2)), IMAGES, 2);

    @TempDir
    private Path folder;

    private Path saved() {
        Path file = folder.resolve("models.safetensors");
        Map<String, Classifier> models = new LinkedHashMap<>();
        models.put("one", ONE);
        models.put("the/other ☃", TWO);
        new ModelFile("{\"note\": \"two <models>\"}", models).save(file);
        return file;
    }

    @Test
    void loadedModelsSayBitForBitWhatTheSavedOnesSay() {
        ModelFile loaded = ModelFile.load(saved());
        assertThat(loaded.about()).isEqualTo("{\"note\": \"two <models>\"}");
        assertThat(loaded.models().keySet()).containsExactly("one", "the/other ☃");
        assertSame(loaded.models().get("one"), ONE);
        assertSame(loaded.models().get("the/other ☃"), TWO);
    }

    private static void assertSame(Classifier loaded, Classifier model) {
        assertThat(loaded.spec()).isEqualTo(model.spec());
        assertThat(loaded.weights()).isEqualTo(model.weights());
        assertThat(Evaluator.logits(loaded, IMAGES).values())
                .isEqualTo(Evaluator.logits(model, IMAGES).values());
    }

    @Test
    void oneModelIsSavedAndLoadedByItself() {
        Path file = folder.resolve("one");
        ONE.save(file);
        assertSame(Classifier.load(file), ONE);
        assertThatThrownBy(() -> Classifier.load(saved()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("several");
    }

    @Test
    void numbersOfEveryKindComeBackBitForBit() {
        Classifier model = ONE.copy();
        Head head = model.head();
        float[] bias = {-0.0f, Float.NEGATIVE_INFINITY, Float.MIN_VALUE};
        model.load(new Head(head.classes(), head.features(), head.weight(), bias));
        Path file = folder.resolve("odd");
        model.save(file);
        assertThat(Classifier.load(file).head().bias()).isEqualTo(bias);
    }

    @Test
    void theFileIsSafetensors() throws IOException {
        byte[] bytes = Files.readAllBytes(saved());
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(header % 8).isZero();
        assertThat(bytes.length).isEqualTo(8 + header + ONE.bytes() + TWO.bytes());
        assertThat(new String(bytes, 8, (int) header, StandardCharsets.UTF_8))
                .startsWith("{\"__metadata__\":{\"sha256\":\"")
                .containsPattern(
                        "\"one/0\\.[^\"]*\":\\{\"dtype\":\"F32\",\"shape\":\\[16,1,3,3],\"data_offsets\":\\[0,576]}");
    }

    @Test
    void aFileThatWasCutIsRefused() throws IOException {
        Path file = saved();
        byte[] whole = Files.readAllBytes(file);
        for (int length :
                new int[] {0, 5, 8, 20, 40, 90, 500, 2000, whole.length / 2, whole.length - 4, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ModelFile.load(file))
                    .as("cut at %d", length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("models.safetensors")
                    .hasMessageContaining("damaged");
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> ModelFile.load(file)).hasMessageContaining("damaged");
    }

    @Test
    void aFlippedBitAnywhereIsFound() throws IOException {
        Path file = saved();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += at < 200 ? 1 : whole.length / 20) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            Files.write(file, flipped);
            assertThatThrownBy(() -> ModelFile.load(file))
                    .as("bit flipped at %d", at)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void whatCannotBeSavedLeavesTheFileThatWasThere() throws IOException {
        Path file = saved();
        byte[] before = Files.readAllBytes(file);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ONE.save(file)).isInstanceOf(Interrupted.class);
        assertThatThrownBy(() -> ModelFile.load(file)).isInstanceOf(Interrupted.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(folder.toFile().list()).containsExactly("models.safetensors");
        assertThatThrownBy(() -> ONE.save(folder.resolve("missing/model")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("choose a folder that exists");
        assertThatThrownBy(() -> Classifier.load(folder.resolve("missing")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("there is no file");
    }

    @Test
    void whatAKilledWriterLeftIsSweptAndWhatALivingOneWritesIsNot() throws IOException {
        Path file = saved();
        try (Aside living = new Aside(file)) {
            living.out().write(1);
            Files.writeString(folder.resolve(".models.safetensors-" + UUID.randomUUID()), "half of it");
            Files.writeString(folder.resolve(".models.safetensors-mine"), "somebody's own");
            ONE.save(file);
            assertThat(folder.toFile().list()).hasSize(3);
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(".models.safetensors-mine", "models.safetensors");
    }

    @Test
    void everyDescriptionOfTheToolkitIsReadAsItWasWritten() {
        com.google.gson.Gson json = new com.google.gson.GsonBuilder()
                .registerTypeHierarchyAdapter(ModelSpec.class, new ModelSpecJson(List.of()))
                .create();
        for (ModelSpec spec : List.of(
                ResNet.SMALL, ResNet.LARGE, AlexNet.SPEC, MobileNetV2.LARGE, MobileNetV2.SMALL, DenseNet.SPEC)) {
            assertThat(json.fromJson(json.toJson(spec), ModelSpec.class)).isEqualTo(spec);
        }
        for (String other : List.of(
                "{}",
                "[]",
                "{\"record\":\"Layers\"}",
                "{\"record\":\"ModelSpec\"}",
                "{\"record\":\"Nothing\"}",
                "{\"record\":\"..train.Sgd\"}")) {
            assertThatThrownBy(() -> json.fromJson(other, ModelSpec.class))
                    .as(other)
                    .isInstanceOf(com.google.gson.JsonParseException.class);
        }
    }
}
