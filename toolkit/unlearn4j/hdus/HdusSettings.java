package unlearn4j.hdus;

import java.util.List;
import java.util.Locale;
import unlearn4j.core.Check;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.train.TrainingConfig;

/**
 * How a network is trained, and how its clients answer.
 *
 * @param mainModels the main models, dealt out to the clients in turn
 * @param seedModel the seeds' network, the same for all
 * @param temperature T of the distillation (Eq. 1), above 0
 * @param lambda λ, the seeds' weight in an ensemble (Eq. 2), in [0, 1)
 * @param combination what an ensemble adds up
 * @param training how main models are trained; each client has a seed of its own
 * @param incubation how seeds are distilled; each client has a seed of its own
 */
record HdusSettings(
        List<ModelSpec> mainModels,
        ModelSpec seedModel,
        double temperature,
        double lambda,
        Combination combination,
        TrainingConfig training,
        TrainingConfig incubation) {
    static final HdusSettings DEFAULT = new HdusSettings(
            List.of(ResNet.LARGE, ResNet.MEDIUM, ResNet.SMALL),
            ResNet.SMALL,
            3,
            0.5,
            Combination.PROBABILITIES,
            TrainingConfig.DEFAULT,
            TrainingConfig.DEFAULT);

    HdusSettings {
        Check.that(mainModels != null && !mainModels.isEmpty(), "mainModels must name at least one model");
        mainModels.forEach(model -> Check.given("main model", model));
        mainModels = List.copyOf(mainModels);
        Check.given("seedModel", seedModel);
        Check.positive("temperature", temperature);
        Check.in("lambda", lambda, 0, 1);
        Check.given("combine", combination);
        Check.given("training", training);
        Check.given("incubation", incubation);
    }

    HdusSettings mainModels(List<ModelSpec> value) {
        return new HdusSettings(value, seedModel, temperature, lambda, combination, training, incubation);
    }

    HdusSettings seedModel(ModelSpec value) {
        return new HdusSettings(mainModels, value, temperature, lambda, combination, training, incubation);
    }

    HdusSettings temperature(double value) {
        return new HdusSettings(mainModels, seedModel, value, lambda, combination, training, incubation);
    }

    HdusSettings lambda(double value) {
        return new HdusSettings(mainModels, seedModel, temperature, value, combination, training, incubation);
    }

    HdusSettings combination(Combination value) {
        return new HdusSettings(mainModels, seedModel, temperature, lambda, value, training, incubation);
    }

    HdusSettings training(TrainingConfig value) {
        return new HdusSettings(mainModels, seedModel, temperature, lambda, combination, value, incubation);
    }

    HdusSettings incubation(TrainingConfig value) {
        return new HdusSettings(mainModels, seedModel, temperature, lambda, combination, training, value);
    }

    /** Returns the main model of the client that is the {@code joined}-th to join, counted from 0. */
    ModelSpec mainModel(int joined) {
        return mainModels.get(joined % mainModels.size());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "main models %s, seed model %s, T = %s, λ = %s, %s added up; training %s; " + "incubation %s",
                mainModels.stream().map(ModelSpec::name).toList(),
                seedModel.name(),
                temperature,
                lambda,
                combination.words(),
                training,
                incubation);
    }
}
