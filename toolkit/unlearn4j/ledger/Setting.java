package unlearn4j.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import unlearn4j.core.Scale;
import unlearn4j.report.Result;
import unlearn4j.report.Results;

/**
 * How the ledger's work is run.
 *
 * @param scale how large
 * @param seeds with how many seeds
 * @param ledger where the ledger is
 * @param graphs where trained graphs are kept
 * @param code the hash of the code that measures
 */
record Setting(Scale scale, int seeds, Path ledger, Path graphs, String code) {

    /** Returns the ledger's newest results of an experiment at this scale, if there are any. */
    Optional<Result> newest(String experiment) {
        Path runs = ledger.resolve(experiment).resolve(scale.name().toLowerCase(Locale.ROOT));
        return Files.isDirectory(runs) ? Optional.of(Results.read(runs)) : Optional.empty();
    }
}
