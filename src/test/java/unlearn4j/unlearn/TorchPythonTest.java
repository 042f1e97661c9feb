package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.audit.Forgetting;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.Normalisation;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.TorchScript;
import unlearn4j.train.TorchWeights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

/**
 * There and back with the real PyTorch: {@code UNLEARN4J_TORCH} names a Python that has torch, torchvision and safetensors,
 * {@code UNLEARN4J_MIRROR} a folder with CIFAR-10. Elsewhere {@code TorchFixtureTest} holds on to what PyTorch once wrote.
 */
@Tag("slow")
@EnabledIfEnvironmentVariable(
        named = "UNLEARN4J_TORCH",
        matches = ".+",
        disabledReason = "no Python with PyTorch named")
@EnabledIfEnvironmentVariable(named = "UNLEARN4J_MIRROR", matches = "/.+", disabledReason = "no folder with CIFAR-10")
class TorchPythonTest {
    private static final Labels LABEL = Labels.of(3);

    @TempDir
    private Path folder;

    private static JsonObject python(String what, Path file) throws IOException, InterruptedException {
        Process python = new ProcessBuilder(
                        System.getenv("UNLEARN4J_TORCH"),
                        "src/test/resources/torch/resnet18.py",
                        what,
                        System.getenv("UNLEARN4J_MIRROR") + "/cifar-10-binary.tar.gz",
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(said).isZero();
        return JsonParser.parseString(said).getAsJsonObject();
    }

    private static void assertSame(JsonObject said, Classifier model, Images images) {
        Forgetting here = Forgetting.of(model, images.without(LABEL), images.only(LABEL));
        System.out.printf("Python %s %s, here %s%n", said.get("retained"), said.get("forgotten"), here);
        assertThat(here.retained()).isCloseTo(said.get("retained").getAsDouble(), within(0.1));
        assertThat(here.forgotten()).isCloseTo(said.get("forgotten").getAsDouble(), within(0.1));
        float[] logits = Evaluator.logits(model, images.slice(0, 20)).values();
        for (int i = 0; i < logits.length; i++) {
            float theirs = said.getAsJsonArray("logits").get(i).getAsFloat();
            assertThat(logits[i]).isCloseTo(theirs, within(1e-5f * Math.max(1, Math.abs(theirs))));
        }
    }

    @Test
    void aNetworkComesInForgetsALabelAndGoesOut() throws IOException, InterruptedException {
        Images images = Datasets.cifar10().train().slice(0, 300);
        float[] mean = {0.5f, 0.5f, 0.5f};
        float[] deviation = {0.25f, 0.25f, 0.25f};
        Path in = folder.resolve("in.safetensors");
        JsonObject trained = python("train", in);
        Classifier model = TorchWeights.load(in, ResNet.IMAGENET, images, new Normalisation(mean, deviation));
        assertSame(trained, model, images);
        assertThat(trained.get("forgotten").getAsDouble()).isGreaterThan(50);

        Fiun.on(Umig.of().add(new ModelNode("resnet18", model, images))).forget(LABEL);
        Path out = folder.resolve("out.safetensors");
        TorchWeights.save(model, out);
        JsonObject forgotten = python("check", out);
        assertSame(forgotten, model, images);
        assertThat(forgotten.get("forgotten").getAsDouble()).isZero();
    }

    @Test
    void aTorchScriptComesInForgetsALabelAndGoesOut() throws IOException, InterruptedException {
        Images images = Datasets.cifar10().train().slice(0, 300);
        Normalisation seen = new Normalisation(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.25f, 0.25f, 0.25f});
        Path in = folder.resolve("in.safetensors");
        JsonObject trained = python("script", in);
        TorchScript script = TorchScript.of(folder.resolve("body.pt"), "fc", images);
        Classifier model = TorchWeights.load(in, script, images, seen);
        assertSame(trained, model, images);
        Classifier described = TorchWeights.load(in, ResNet.IMAGENET, images, seen);

        Fiun.on(Umig.of().add(new ModelNode("script", model, images))).forget(LABEL);
        Fiun.on(Umig.of().add(new ModelNode("described", described, images))).forget(LABEL);
        assertThat(model.head().sameAs(described.head()))
                .as("the same head, bit for bit")
                .isTrue();
        Path out = folder.resolve("out.safetensors");
        TorchWeights.save(model, out);
        JsonObject forgotten = python("check-script", out);
        assertSame(forgotten, model, images);
        assertThat(forgotten.get("forgotten").getAsDouble()).isZero();
    }
}
