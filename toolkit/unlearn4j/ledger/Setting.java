package unlearn4j.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
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

    /** Returns whether the ledger has results of an experiment with that configuration. */
    boolean has(String experiment, Map<String, String> configuration) {
        Path runs = ledger.resolve(experiment).resolve(scale.name().toLowerCase(Locale.ROOT));
        if (!Files.isDirectory(runs)) {
            return false;
        }
        Result newest = Results.read(runs);
        return newest.record().configuration().equals(configuration);
    }
}
