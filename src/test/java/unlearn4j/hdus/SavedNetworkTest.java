package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.Fuzz;
import unlearn4j.OneLine;
import unlearn4j.data.DataException;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.ModelFile;
import unlearn4j.train.TrainingConfig;

/** What a network's file says beside the weights: right checksum, wrong contents. */
class SavedNetworkTest {
    private static final Clients CLIENTS =
            Clients.of(TinyImages.dataset(4, 12, 8)).count(3).classesEach(3).reference(8);
    private static final ModelFile RIGHT = saved();

    private static ModelFile saved() {
        TrainingConfig config = TrainingConfig.DEFAULT.epochs(1).batchSize(16);
        ResNet tiny = new ResNet("tiny", List.of(1), List.of(4));
        HdusNetwork network = Hdus.over(CLIENTS)
                .mainModels(tiny)
                .seedModel(tiny)
                .training(config)
                .incubation(config)
                .train();
        network.forget("client-3");
        try {
            Path file = Files.createTempFile("network", "");
            network.save(file);
            ModelFile read = ModelFile.load(file);
            Files.delete(file);
            return read;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HdusNetwork load(String about) throws IOException {
        Path file = Files.createTempFile("network", "");
        try {
            new ModelFile(about, RIGHT.models()).save(file);
            return HdusNetwork.load(file, CLIENTS);
        } finally {
            Files.delete(file);
        }
    }

    /**
     * A saved network that is not right.
     *
     * @param words words of the message
     */
    private record Wrong(String what, String words, Consumer<JsonObject> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Wrong wrong(String what, String words, Consumer<JsonObject> change) {
        return new Wrong(what, words, change);
    }

    private static JsonObject config(JsonObject network) {
        return network.getAsJsonObject("config");
    }

    private static JsonObject first(JsonObject network) {
        return network.getAsJsonArray("members").get(0).getAsJsonObject();
    }

    private static JsonArray array(Object... values) {
        JsonArray array = new JsonArray();
        for (Object value : values) {
            array.add(value instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive((String) value));
        }
        return array;
    }

    static Stream<Wrong> wrongNetworks() {
        return Stream.of(
                wrong("no settings", "config must be given", network -> network.remove("config")),
                wrong("no λ", "a value is missing", network -> config(network).remove("lambda")),
                wrong("λ of 1", "lambda (1.0)", network -> config(network).addProperty("lambda", 1)),
                wrong("λ as text", "a value is missing", network -> config(network)
                        .addProperty("lambda", "0.5")),
                wrong("T of 0", "temperature (0.0)", network -> config(network).addProperty("temperature", 0)),
                wrong("no T", "temperature (0.0)", network -> config(network).remove("temperature")),
                wrong("no main models", "mainModels must name", network -> config(network)
                        .add("mainModels", array())),
                wrong("an unknown combination", "combine must be given", network -> config(network)
                        .addProperty("combination", "VOTES")),
                wrong("an epoch and a half", "another kind", network -> config(network)
                        .getAsJsonObject("training")
                        .addProperty("epochs", 1.5)),
                wrong("no momentum", "a value is missing", network -> config(network)
                        .getAsJsonObject("incubation")
                        .remove("momentum")),
                wrong("a setting too many", "too many", network -> config(network)
                        .addProperty("rounds", 3)),
                wrong("nobody", "members must not be empty", network -> network.add("members", array())),
                wrong("members that are none", "another kind", network -> network.addProperty("members", "all")),
                wrong("a client twice", "client-1 comes twice", network -> network.getAsJsonArray("members")
                        .set(1, first(network))),
                wrong("a client without a name", "name (null)", network -> first(network)
                        .remove("name")),
                wrong("a neighbour that is not there", "neighbour client-9", network -> first(network)
                        .add("neighbours", array("client-9"))),
                wrong("a neighbour that was forgotten", "neighbour client-3", network -> first(network)
                        .add("neighbours", array("client-2", "client-3"))),
                wrong("a neighbour on one side", "client-2 has a neighbour client-1", network -> first(network)
                        .add("neighbours", array())),
                wrong("a neighbour twice", "twice", network -> first(network)
                        .add("neighbours", array("client-2", "client-2"))),
                wrong("its own neighbour", "itself", network -> first(network)
                        .add("neighbours", array("client-1", "client-2"))),
                wrong("no neighbours said", "neighbours of client-1 must be given", network -> first(network)
                        .remove("neighbours")),
                wrong("a client without models", "its models are", network -> first(network)
                        .addProperty("name", "client-7")),
                wrong("there and forgotten", "there and forgotten", network -> network.getAsJsonArray("forgotten")
                        .add("client-1")),
                wrong(
                        "nothing of who was forgotten",
                        "forgotten must be given",
                        network -> network.remove("forgotten")),
                wrong("traffic of one number", "exchange", network -> network.getAsJsonObject("traffic")
                        .add("exchange", array(4))),
                wrong("traffic below 0", "exchange", network -> network.getAsJsonObject("traffic")
                        .add("exchange", array(-4, 8))),
                wrong("no traffic", "traffic must be given", network -> network.remove("traffic")),
                wrong("no data", "data must be given", network -> network.remove("data")));
    }

    @ParameterizedTest
    @MethodSource("wrongNetworks")
    void wrongContentsAreRefusedInOneLine(Wrong wrong) {
        JsonObject network = JsonParser.parseString(RIGHT.about()).getAsJsonObject();
        wrong.change.accept(network);
        Throwable error = catchThrowable(() -> load(network.toString()));
        assertThat(error).isInstanceOf(DataException.class).matches(OneLine::is, "one line");
        assertThat(error).hasMessageContaining(wrong.words).hasMessageContaining("not right");
    }

    @Test
    void whatIsRightIsRead() throws IOException {
        HdusNetwork network = load(RIGHT.about());
        assertThat(network.clients()).containsExactly("client-1", "client-2");
        assertThat(network.repository("client-1")).extracting(SeedModel::owner).containsExactly("client-2");
    }

    /** Seeds whose files were read to an error of another kind, before. */
    @Example
    void whatWasFoundBefore() {
        for (long seed : new long[] {23770, 475153, 665209, 839427, 7932}) {
            whatASavedNetworkSaysIsReadOrRefused(seed);
        }
    }

    @Property(tries = 200)
    void whatASavedNetworkSaysIsReadOrRefused(@ForAll long seed) {
        String about = Fuzz.json(RIGHT.about(), seed);
        Fuzz.read(about.length(), () -> load(about)).ifPresent(network -> {
            assertThat(network.clients()).isNotEmpty();
            assertThat(network.traffic().table().rowCount()).isNotNegative();
            network.outputs(network.clients().get(0), CLIENTS.data().test());
        });
    }
}
