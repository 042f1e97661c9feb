package unlearn4j.hdus;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import unlearn4j.core.Check;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.train.Softening;
import unlearn4j.train.TrainingConfig;

/**
 * How a network of clients is trained, and how its clients answer. A value; each method returns a changed copy.
 *
 * @param mainModels the main models, dealt out to the clients in turn
 * @param seedModel the seeds' network, the same for all
 * @param temperature T of the distillation (Eq. 1), above 0
 * @param softening whose outputs T softens (Eq. 1)
 * @param lambda λ, the seeds' weight in an ensemble (Eq. 2), in [0, 1)
 * @param combination what an ensemble adds up
 * @param training how main models are trained; its seed is replaced by one a client, drawn from the clients' seed
 * @param incubation how seeds are distilled, paper A's incubating phase; its seed is replaced likewise
 */
public record HdusConfig(
        List<ModelSpec> mainModels,
        ModelSpec seedModel,
        double temperature,
        Softening softening,
        double lambda,
        Combination combination,
        TrainingConfig training,
        TrainingConfig incubation) {
    /** Paper A names neither epochs, batch size nor rate: this is what all of its experiments take here. */
    private static final TrainingConfig TRAINING =
            TrainingConfig.DEFAULT.epochs(40).batchSize(32).learningRate(0.05);

    private static final HdusConfig PAPER = new HdusConfig(
            List.of(ResNet.LARGE, ResNet.MEDIUM, ResNet.SMALL),
            ResNet.SMALL,
            3,
            Softening.BOTH,
            0.5,
            Combination.PROBABILITIES,
            TRAINING,
            TRAINING);

    /** Makes a configuration; each number must be within its bounds. */
    public HdusConfig {
        mainModels = checked(mainModels);
        Check.given("seedModel", seedModel);
        Check.positive("temperature", temperature);
        Check.given("softening", softening);
        Check.in("lambda", lambda, 0, 1);
        Check.given("combine", combination);
        Check.given("training", training);
        Check.given("incubation", incubation);
    }

    static List<ModelSpec> checked(List<ModelSpec> mainModels) {
        Check.that(mainModels != null && !mainModels.isEmpty(), "mainModels must name at least one model");
        mainModels.forEach(model -> Check.given("main model", model));
        return List.copyOf(mainModels);
    }

    /**
     * Returns paper A's setting. The paper fixes the models: a third each of ResNet50, ResNet18 and ResNet8 (§IV.B and
     * Table III, heterogeneous), the smallest as seed. It names no single T and λ but varies both (§IV.D, Fig. 4): T = 3
     * and λ = 0.5 are within its ranges. It leaves open what is added up in Eq. 2, whom T softens in Eq. 1, the epochs
     * (40 here), the batch size (32) and the rate (0.05), for main models and seeds alike.
     */
    public static HdusConfig paper() {
        return PAPER;
    }

    /** Returns a copy with those main models. */
    public HdusConfig mainModels(ModelSpec... value) {
        return new HdusConfig(
                Arrays.asList(Check.given("mainModels", value)),
                seedModel,
                temperature,
                softening,
                lambda,
                combination,
                training,
                incubation);
    }

    /** Returns a copy with that network for seeds. */
    public HdusConfig seedModel(ModelSpec value) {
        return new HdusConfig(mainModels, value, temperature, softening, lambda, combination, training, incubation);
    }

    /** Returns a copy with that T. */
    public HdusConfig temperature(double value) {
        return new HdusConfig(mainModels, seedModel, value, softening, lambda, combination, training, incubation);
    }

    /** Returns a copy in which T softens those outputs. */
    public HdusConfig softening(Softening value) {
        return new HdusConfig(mainModels, seedModel, temperature, value, lambda, combination, training, incubation);
    }

    /** Returns a copy with that λ. */
    public HdusConfig lambda(double value) {
        return new HdusConfig(mainModels, seedModel, temperature, softening, value, combination, training, incubation);
    }

    /** Returns a copy whose ensembles add that up. */
    public HdusConfig combination(Combination value) {
        return new HdusConfig(mainModels, seedModel, temperature, softening, lambda, value, training, incubation);
    }

    /** Returns a copy whose main models are trained so. */
    public HdusConfig training(TrainingConfig value) {
        return new HdusConfig(mainModels, seedModel, temperature, softening, lambda, combination, value, incubation);
    }

    /** Returns a copy whose seeds are distilled so. */
    public HdusConfig incubation(TrainingConfig value) {
        return new HdusConfig(mainModels, seedModel, temperature, softening, lambda, combination, training, value);
    }

    /** Returns a copy whose main models and seeds are trained for that many epochs: what a smaller scale changes. */
    public HdusConfig epochs(int value) {
        return training(training.epochs(value)).incubation(incubation.epochs(value));
    }

    /** Returns the main model of the client that is the {@code joined}-th to join, counted from 0. */
    ModelSpec mainModel(int joined) {
        return mainModels.get(joined % mainModels.size());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "main models %s, seed model %s, T = %s softening %s, λ = %s, %s added up; training %s; incubation %s",
                mainModels.stream().map(ModelSpec::name).toList(),
                seedModel.name(),
                temperature,
                softening == Softening.BOTH ? "teacher and student" : "the teacher",
                lambda,
                combination.words(),
                training,
                incubation);
    }
}
