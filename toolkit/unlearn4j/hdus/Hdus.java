package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;

/**
 * Sets up and trains a network of clients (paper A, §III.B). An interrupted {@link #train} can be called again and goes on
 * from the last finished epoch.
 */
public final class Hdus {
    private final Clients clients;
    private List<ModelSpec> mainModels = List.of(ResNet.LARGE, ResNet.MEDIUM, ResNet.SMALL);
    private ModelSpec seedModel = ResNet.SMALL;
    private double temperature = 3;
    private double lambda = 0.5;
    private Combination combination = Combination.PROBABILITIES;
    private TrainingConfig training = TrainingConfig.DEFAULT;
    private TrainingConfig incubation = TrainingConfig.DEFAULT;
    private List<Work> work;

    /** What one client has done; the incubation begins when its main model is trained. */
    private static final class Work {
        private final Client client;
        private final Training main;
        private Training seed;

        Work(Client client, Training main) {
            this.client = client;
            this.main = main;
        }
    }

    private Hdus(Clients clients) {
        this.clients = Check.given("clients", clients);
    }

    /**
     * Begins with paper A's models and T = 3, λ = 0.5, probabilities added up.
     *
     * @param clients who has which images
     */
    public static Hdus over(Clients clients) {
        return new Hdus(clients);
    }

    /** Sets the main models, dealt out to the clients in turn. */
    public Hdus mainModels(ModelSpec... models) {
        untrained();
        Check.that(models.length > 0, "mainModels must name at least one model");
        for (ModelSpec model : models) {
            Check.given("main model", model);
        }
        mainModels = List.of(models);
        return this;
    }

    /** Sets the seed models' network, the same for all. */
    public Hdus seedModel(ModelSpec model) {
        untrained();
        seedModel = Check.given("seedModel", model);
        return this;
    }

    /** Sets T of the distillation (Eq. 1), above 0. */
    public Hdus temperature(double value) {
        untrained();
        temperature = Check.positive("temperature", value);
        return this;
    }

    /** Sets λ, the seeds' weight in an ensemble (Eq. 2), in [0, 1). */
    public Hdus lambda(double value) {
        untrained();
        lambda = Check.in("lambda", value, 0, 1);
        return this;
    }

    /** Sets what an ensemble adds up. */
    public Hdus combine(Combination value) {
        untrained();
        combination = Check.given("combine", value);
        return this;
    }

    /** Sets how main models are trained; its seed is replaced by one a client, drawn from the clients' seed. */
    public Hdus training(TrainingConfig config) {
        untrained();
        training = Check.given("training", config);
        return this;
    }

    /** Sets how seeds are distilled: paper A's incubating phase. Its seed is replaced as that of {@link #training} is. */
    public Hdus incubation(TrainingConfig config) {
        untrained();
        incubation = Check.given("incubation", config);
        return this;
    }

    private void untrained() {
        Check.that(work == null, "training has begun: settings can't change now, begin anew with Hdus.over(clients)");
    }

    /**
     * Trains each client's main model on its own images, distils its seed from it on the reference images, and lets all
     * exchange their seeds.
     *
     * @return the network
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public HdusNetwork train() {
        Images reference = clients.reference();
        if (work == null) {
            work = prepare();
        }
        long perSeed = (long) incubation.epochs() * reference.size();
        long total = work.stream().mapToLong(one -> one.main.imagesToGo()
                + (one.seed == null ? perSeed : one.seed.imagesToGo())).sum();
        HdusNetwork network = new HdusNetwork(clients.data().test(), lambda, combination);
        long done = 0;
        try (Progress progress = Screen.current().progress("training " + work.size() + " clients", total, "images")) {
            for (Work one : work) {
                long before = one.main.imagesToGo();
                Classifier main = one.main.run(progress.part(one.client.name() + " main", done));
                done += before;
                if (one.seed == null) {
                    Seed seed = clients.seed().child(one.client.name()).child("seed");
                    Classifier student = Classifier.create(seedModel, reference, seed.child("weights"));
                    one.seed = Training.distilling(main, student, reference, temperature,
                            incubation.seed(seed.child("incubation")));
                }
                before = one.seed.imagesToGo();
                network.join(one.client, main, one.seed.run(progress.part(one.client.name() + " seed", done)));
                done += before;
            }
        }
        return network;
    }

    private List<Work> prepare() {
        List<Work> prepared = new ArrayList<>();
        // Images too small for the seed model are refused here, not when the first main model has been trained.
        seedModel.body(clients.data().shape().height(), clients.data().shape().width());
        for (Client client : clients.list()) {
            ModelSpec spec = mainModels.get(prepared.size() % mainModels.size());
            Seed seed = clients.seed().child(client.name()).child("main");
            Classifier main = Classifier.create(spec, client.images(), seed.child("weights"));
            prepared.add(new Work(client, Training.of(main, client.images(), training.seed(seed.child("training")))));
        }
        return prepared;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "main models %s, seed model %s, T = %s, λ = %s, %s added up; training %s; "
                + "incubation %s", mainModels.stream().map(ModelSpec::name).toList(), seedModel.name(), temperature, lambda,
                combination.name().toLowerCase(Locale.ROOT), training, incubation);
    }
}
