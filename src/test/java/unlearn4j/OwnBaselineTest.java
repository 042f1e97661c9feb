package unlearn4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import unlearn4j.core.Refusal;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.hdus.Baseline;
import unlearn4j.hdus.Capability;
import unlearn4j.hdus.Clients;
import unlearn4j.hdus.Functionality;
import unlearn4j.hdus.Receipt;
import unlearn4j.hdus.Service;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;

/** A baseline that a notebook's cell could hold, where ours are compared. */
class OwnBaselineTest {
    private static final Dataset DATA = TinyImages.dataset(10, 12, 4);
    private static final Clients CLIENTS =
            Clients.of(DATA).count(3).reference(30).seed(7);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(1).batchSize(16);

    // The cell begins here.
    static class Relay extends Baseline<Classifier> {
        final Map<String, Images> images = new LinkedHashMap<>();

        Relay(Clients clients, ModelSpec spec) {
            super("Relay", Map.of());
            clients.list().forEach(client -> images.put(client.name(), client.images()));
            passOn(Classifier.create(spec, clients.reference(), 7));
        }

        void passOn(Classifier model) {
            Map<String, Classifier> all = new LinkedHashMap<>();
            images.forEach((client, own) -> {
                all.put(client, Training.of(model, own, CONFIG).run());
                sent("relay", 1, model.bytes());
            });
            publish(all);
        }

        @Override
        protected Map<String, String> unlearn(String client) {
            images.remove(client);
            passOn(Classifier.create(model(clients().get(0)).spec(), DATA.train(), 7));
            return Map.of("passed on among", "" + clients());
        }

        @Override
        public Outputs outputs(String client, Images asked) {
            return Evaluator.logits(model(client), asked).softmax(1);
        }
    }
    // And ends here.

    private static Functionality tried(Functionality.Setup setup) {
        return Functionality.of(setup, CLIENTS, DATA.test(), ResNet.SMALL, ResNet.MEDIUM);
    }

    @Test
    void itIsTriedOutLikeOurs() {
        Functionality tried = tried((clients, models) -> {
            Refusal.unless(models.length == 1, "one model is passed on: give one network");
            return new Relay(clients, models[0]);
        });
        assertThat(tried.framework()).isEqualTo("Relay");
        assertThat(tried.declared()).isEmpty();
        Map<Capability, Functionality.Outcome> outcomes = tried.outcomes();
        assertThat(outcomes.get(Capability.EXACT).passed()).isTrue();
        assertThat(outcomes.get(Capability.CLIENT_WISE).passed()).isTrue();
        assertThat(outcomes.get(Capability.NO_SERVER).seen()).isEqualTo("0 of 5 messages went through a server");
        assertThat(outcomes.get(Capability.HETEROGENEOUS).seen()).contains("one model is passed on");
        assertThat(tried.service().framework()).isEqualTo("Relay");
    }

    @Test
    void itIsWatchedAndMeasuredLikeOursAndItsGuardsAreOurs() {
        Relay relay = new Relay(CLIENTS, ResNet.SMALL);
        assertThat(relay.accuracies(DATA.test(), CLIENTS).rowCount()).isEqualTo(3);
        Receipt receipt = Service.watch(relay, "client-2", DATA.test(), 0).receipt();
        assertThat(receipt.done()).containsEntry("passed on among", "[client-1, client-3]");
        assertThat(relay.clients()).containsExactly("client-1", "client-3");
        assertThat(relay.accuracies(DATA.test(), CLIENTS).rowCount()).isEqualTo(2);
        assertThatThrownBy(() -> relay.outputs("client-2", DATA.test()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("was forgotten before");
        relay.forget("client-1");
        assertThatThrownBy(() -> relay.forget("client-3"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is the last client");
    }
}
