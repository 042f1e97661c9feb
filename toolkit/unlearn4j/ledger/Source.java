package unlearn4j.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Paper;

/**
 * Where a table's numbers come from: how the rows of an experiment's results name the cells of a printed table.
 *
 * @param experiment the experiment's name in its results
 * @param paper the paper
 * @param table the table's number
 * @param key for each column that tells printed rows apart, what a measurement says of it
 * @param column the printed column that a measurement's value belongs to; null if it belongs to none
 * @param factor what a measurement is multiplied by to have the printed unit
 */
record Source(
        String experiment,
        Paper paper,
        int table,
        Map<String, Function<Measurement, String>> key,
        Function<Measurement, String> column,
        double factor) {

    /** All of them. */
    static List<Source> all() {
        List<Source> all = new ArrayList<>();
        labels(all, 9, "federated", "CIFAR-100", "fiun-federated");
        labels(all, 10, "incremental", "CIFAR-100", "fiun-incremental");
        labels(all, 4, "transfer", "CIFAR-100", "fiun-transfer");
        labels(all, 5, "data_parallel", "CIFAR-100", "fiun-data-parallel");
        labels(all, 1, "federated", "CIFAR-100", "fiun-methods");
        overlap(all, 13, "federated", "federated");
        overlap(all, 7, "data_parallel", "data-parallel");
        Map<String, Function<Measurement, String>> functions = new LinkedHashMap<>();
        // The paper's table calls what it otherwise calls SISA-A by its root.
        functions.put("framework", one -> one.text("framework").replace("SISA-A", "SISA"));
        functions.put("feature", one -> FEATURES.getOrDefault(one.text("capability"), ""));
        all.add(new Source("hdus-functionality", Paper.HDUS, 1, functions, named("found", "supported"), 1));
        all.add(new Source(
                "hdus-functionality",
                Paper.HDUS,
                4,
                Map.of(
                        "size",
                        one -> SIZES.getOrDefault(one.text("model"), ""),
                        "family",
                        one -> one.text("model").startsWith("ResNet") ? "ResNet" : "MobileNetV2",
                        "model",
                        one -> one.text("model")),
                named("MiB", "value"),
                1));
        Map<String, Function<Measurement, String>> accuracies = new LinkedHashMap<>();
        for (String column : List.of("base_model", "framework", "setting", "dataset")) {
            accuracies.put(column, one -> one.text(column));
        }
        all.add(new Source(
                "hdus-accuracy",
                Paper.HDUS,
                5,
                accuracies,
                one -> one.text("part").equals("test") && one.metric().equals("own classes") ? "value" : null,
                0.01));
        return List.copyOf(all);
    }

    /** What paper A's table calls what we call a capability; one heading is lost. */
    private static final Map<String, String> FEATURES = Map.of(
            "exact unlearning", "exact_unlearning",
            "recovers faster than re-training", "performance_recovery_acceleration",
            "uninterrupted service", "uninterrupted_service_after_unlearning",
            "client-wise unlearning", "client_wise_unlearning",
            "stores no model history", "without_storing_model_history",
            "heterogeneous models", "heterogeneous_model_structure",
            "no central server", "column_6_header_lost");

    /** Which of its sizes paper A's Table IV gives a model. */
    private static final Map<String, String> SIZES = Map.of(
            "ResNet8", "small",
            "MobileNet-S", "small",
            "ResNet18", "medium",
            "MobileNet-M", "medium",
            "ResNet50", "large",
            "MobileNet-L", "large");

    private static Function<Measurement, String> named(String metric, String column) {
        return one -> one.metric().equals(metric) ? column : null;
    }

    private static Map<String, Function<Measurement, String>> fiun(
            String framework, String data, String setting, Function<Measurement, String> value) {
        Map<String, Function<Measurement, String>> key = new LinkedHashMap<>();
        key.put("framework", one -> framework);
        key.put("dataset", one -> data);
        key.put("model", one -> one.text("model"));
        key.put("setting", one -> setting);
        key.put("setting_value", value);
        key.put("metric", Measurement::metric);
        key.put("approach", Variant::approach);
        key.put("node", Measurement::where);
        return key;
    }

    /** A table by the number of labels: from its notebook, and from the published graph. */
    private static void labels(List<Source> all, int table, String framework, String data, String notebook) {
        List<String> experiments = Stream.concat(
                        Stream.of(notebook),
                        PublishedTable.all().stream()
                                .filter(run -> run.table() == table)
                                .map(PublishedTable::experiment))
                .toList();
        for (String experiment : experiments) {
            all.add(new Source(
                    experiment,
                    Paper.FIUN,
                    table,
                    fiun(framework, data, "labels", one -> whole(one.text("labels"))),
                    one -> "value",
                    1));
        }
    }

    private static void overlap(List<Source> all, int table, String framework, String ours) {
        Map<String, Function<Measurement, String>> key =
                fiun(framework, "CIFAR-100", "overlap", one -> whole(one.text("overlap %")));
        key.put("framework", one -> one.text("framework").equals(ours) ? framework : "");
        key.put("model", one -> "ResNet18");
        all.add(new Source("fiun-overlapping-labels", Paper.FIUN, table, key, one -> "value", 1));
    }

    /** Returns a whole number without the digits behind its point. */
    static String whole(String number) {
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }
}
