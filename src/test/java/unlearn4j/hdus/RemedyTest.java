package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

/** FedUnl's remedy: what it learns from, and that it is given as much as DSGD's training anew. */
@Tag("slow")
class RemedyTest {
    private static final Dataset DATA = TinyImages.dataset(10, 14, 4);
    private static final Clients CLIENTS =
            Clients.of(DATA).count(3).reference(40).seed(7);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.batchSize(16).learningRate(0.05);
    private static final RoundsConfig ROUNDS = RoundsConfig.paper().training(CONFIG);
    private static final Classifier TEACHER = Classifier.create(ResNet.SMALL, DATA.train(), 1);

    /** Returns what becomes of the same network after a remedy of so many rounds. */
    private static Weights remedied(int rounds, Images reference, List<Client> staying) {
        Classifier left = Classifier.create(ResNet.SMALL, DATA.train(), 2);
        Weights[] last = new Weights[1];
        new Remedy(ROUNDS.rounds(rounds), 3, TEACHER, left, reference, staying, Seed.of(5))
                .run("remedy", model -> last[0] = model, (local, mixed) -> last[0] = mixed.get(0));
        return last[0];
    }

    private static Client relabelled(Client client) {
        return new Client(client.name(), client.images().relabelled((row, label) -> 9 - label), client.reference());
    }

    @Test
    void itLearnsFromTheLabelsOfTheReferenceImagesAndOfTheClients() {
        Images reference = CLIENTS.reference();
        List<Client> staying = CLIENTS.list();
        List<Client> mislabelled = staying.stream().map(RemedyTest::relabelled).toList();
        Images wrong = reference.relabelled((row, label) -> 9 - label);

        // One round is the server's alone; the second is the clients'.
        assertThat(remedied(1, wrong, staying)).isNotEqualTo(remedied(1, reference, staying));
        assertThat(remedied(1, reference, mislabelled)).isEqualTo(remedied(1, reference, staying));
        assertThat(remedied(2, reference, mislabelled)).isNotEqualTo(remedied(2, reference, staying));
        assertThat(remedied(2, reference, staying)).isEqualTo(remedied(2, reference, staying));
    }

    /** Lets a client leave and returns its receipt, with what the displays meanwhile said of images to show. */
    private static Map<String, String> departure(Framework framework, AtomicLong images) {
        Screen before = Screen.current();
        Screen.use(new Screen() {
            @Override
            public void show(Object value) {}

            @Override
            public Progress progress(String task, long total, String unit) {
                images.addAndGet(total);
                return new Hooked(done -> {});
            }
        });
        try {
            return framework.forget("client-2").done();
        } finally {
            Screen.use(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void itShowsAsManyImagesAsDecentralisedSgdsTrainingAnewAndBothReceiptsSayHowMany(int rounds) {
        AtomicLong anew = new AtomicLong();
        Dsgd dsgd = Dsgd.over(CLIENTS).rounds(rounds).localEpochs(2).training(CONFIG);
        Map<String, String> retrained = departure(dsgd.train(), anew);
        AtomicLong remedial = new AtomicLong();
        FedUnl fedUnl = FedUnl.over(CLIENTS).rounds(rounds).localEpochs(2).training(CONFIG);
        Map<String, String> remedied = departure(fedUnl.train(), remedial);
        assertThat(remedial.get()).isPositive().isEqualTo(anew.get());
        String images = String.format(Locale.ROOT, "%,d", anew.get());
        assertThat(retrained).containsEntry("images shown", images);
        assertThat(remedied)
                .containsEntry("images shown", images)
                .containsEntry("rounds at the clients", "" + rounds / 2);
    }
}
