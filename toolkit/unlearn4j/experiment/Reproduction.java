package unlearn4j.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Scale;
import unlearn4j.data.Labels;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.Umig;

/**
 * One of paper B's tables by the number of labels to forget (Tables 2 to 5 and 9 to 12): for each of its networks and each
 * seed a graph is trained, and the methods of a comparison forget labels that follow each other, each seed beginning with
 * another. A value; {@link #run} returns what was measured.
 */
public final class Reproduction {
    private final Table printed;
    private final Comparison methods;
    private final Graphs graphs;
    private final Map<String, Network> networks;
    private final List<Integer> counts;

    /**
     * A network of the table.
     *
     * @param name what the table calls it
     * @param model the network that is trained here
     * @param training how
     */
    public record Network(String name, ModelSpec model, TrainingConfig training) {
        /** Makes a network. */
        public Network {
            Check.given("name", name);
            Check.given("model", model);
            Check.given("training", training);
        }
    }

    /** How a graph is trained. */
    @FunctionalInterface
    public interface Graphs {
        /** Trains a graph of that network with that seed. */
        Umig trained(Network network, long seed);
    }

    private Reproduction(
            Table printed, Comparison methods, Graphs graphs, Map<String, Network> networks, List<Integer> counts) {
        this.printed = printed;
        this.methods = methods;
        this.graphs = graphs;
        this.networks = networks;
        this.counts = counts;
    }

    /**
     * Begins with one label to forget, and without networks.
     *
     * @param printed the paper's table
     * @param methods what is compared, with what the paper calls the nodes
     * @param graphs trains the graphs
     */
    public static Reproduction of(Table printed, Comparison methods, Graphs graphs) {
        Tables.has(Check.given("printed", printed), "model");
        return new Reproduction(
                printed, Check.given("methods", methods), Check.given("graphs", graphs), Map.of(), List.of(1));
    }

    /** Adds a network, by the name that the table gives it. */
    public Reproduction network(String name, ModelSpec model, TrainingConfig training) {
        Check.given("model", model);
        Check.given("training", training);
        List<String> known = printed.stringColumn("model").unique().asList();
        Check.that(known.contains(name), "%s is no network of %s, but %s", name, printed.name(), known);
        Map<String, Network> more = new LinkedHashMap<>(networks);
        more.put(name, new Network(name, model, training));
        return new Reproduction(printed, methods, graphs, more, counts);
    }

    /** Sets how many labels are forgotten, request by request. */
    public Reproduction labels(List<Integer> numbers) {
        Check.notEmpty("numbers", numbers).forEach(number -> Check.positive("number of labels", number));
        return new Reproduction(printed, methods, graphs, networks, List.copyOf(numbers));
    }

    /**
     * Trains the graphs, with seeds 1 and on, and runs the methods.
     *
     * @return what was measured of each network
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public Reproduced run(Scale scale) {
        Check.given("scale", scale);
        Check.notEmpty("networks", networks.keySet());
        Map<String, Comparison> found = new LinkedHashMap<>();
        Umig last = null;
        for (Network network : networks.values()) {
            Comparison comparison = methods.about("model", network.name);
            for (int seed = 1; seed <= scale.seeds(); seed++) {
                int first = seed - 1;
                last = graphs.trained(network, seed);
                Labels[] requests = counts.stream()
                        .map(count -> Labels.range(first, first + count))
                        .toArray(Labels[]::new);
                comparison = comparison.run(last, requests);
            }
            found.put(network.name, comparison);
        }
        return new Reproduced(printed, networks, found, last);
    }

    /**
     * What was measured.
     *
     * @param printed the paper's table
     * @param networks the networks by the table's names
     * @param comparisons what was measured of each
     * @param graph the last graph that was trained, for a look at it
     */
    public record Reproduced(
            Table printed, Map<String, Network> networks, Map<String, Comparison> comparisons, Umig graph) {

        /** Makes what was measured. */
        public Reproduced {
            Check.given("printed", printed);
            Check.allGiven("networks", networks);
            Check.allGiven("comparisons", comparisons);
            Check.given("graph", graph);
        }

        /** Returns for each network the rows of the paper's table. */
        private Table printed(String network) {
            return printed.where(printed.stringColumn("model").isEqualTo(network));
        }

        private String named(String network) {
            return network + " (here: " + networks.get(network).model + ")";
        }

        /** Returns for each network a metric of every approach beside the published one, the mean over the seeds. */
        public List<Table> beside(String metric) {
            List<Table> tables = new ArrayList<>();
            comparisons.forEach((network, comparison) ->
                    tables.add(comparison.beside(metric, printed(network)).setName(metric + ", " + named(network))));
            return tables;
        }

        /** Returns for each network whether what the paper claims holds; see {@link Comparison#claims}. */
        public List<Table> claims() {
            List<Table> tables = new ArrayList<>();
            comparisons.forEach((network, comparison) ->
                    tables.add(comparison.claims().setName("Does it hold? " + named(network))));
            return tables;
        }

        /** Returns for each network how long each phase took, and then which requests were refused, if any. */
        public List<Table> phases() {
            List<Table> tables = new ArrayList<>();
            comparisons.forEach((network, comparison) -> {
                tables.add(comparison.phases().setName("Seconds of each phase, " + named(network)));
                if (!comparison.refusals().isEmpty()) {
                    tables.add(comparison.refusals());
                }
            });
            return tables;
        }

        /** Returns all that was measured, with what the paper prints. */
        public Measurements measurements() {
            Measurements all = Measurements.of();
            for (String network : comparisons.keySet()) {
                all = all.and(comparisons.get(network).measurements(printed(network)));
            }
            return all;
        }

        @Override
        public String toString() {
            return printed.name() + ": " + measurements();
        }
    }

    @Override
    public String toString() {
        return "reproduction of " + printed.name() + " with " + networks.size() + " networks";
    }
}
