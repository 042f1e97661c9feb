package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.train.Weights;

/**
 * The arithmetic of frameworks that average weights: FedAvg's means, DSGD's mixing, FedUnl's subtraction. Sums are taken
 * in double precision and in the models' order. Running means and variances are treated as all other numbers.
 */
final class Averaging {
    private Averaging() {}

    /** Returns each client's share of all images: its weight in FedAvg (McMahan et al. 2017, Algorithm 1). */
    static double[] shares(List<Client> clients) {
        double all =
                clients.stream().mapToLong(client -> client.images().size()).sum();
        return clients.stream()
                .mapToDouble(client -> client.images().size() / all)
                .toArray();
    }

    /** Returns the mixing matrix of a mean at a server: each row is the shares. */
    static double[][] mean(double[] shares) {
        double[][] rows = new double[shares.length][];
        Arrays.fill(rows, shares);
        return rows;
    }

    /**
     * Returns the Metropolis-Hastings weights of a network (Xiao and Boyd 2004): w_ij = 1 / (1 + max(d_i, d_j)) for
     * neighbours i and j with d_i and d_j neighbours, w_ii the rest up to 1. The matrix is symmetric and doubly
     * stochastic, as decentralised SGD needs it (Koloskova et al. 2020, Definition 1).
     *
     * @param neighbours each client's neighbours, mutual; a client without any keeps its own model
     * @return W, rows and columns in the order of the map
     */
    static double[][] metropolisHastings(Map<String, Set<String>> neighbours) {
        List<String> names = List.copyOf(neighbours.keySet());
        double[][] w = new double[names.size()][names.size()];
        for (int i = 0; i < w.length; i++) {
            Set<String> mine = neighbours.get(names.get(i));
            double others = 0;
            for (int j = 0; j < w.length; j++) {
                if (mine.contains(names.get(j))) {
                    w[i][j] = 1.0
                            / (1
                                    + Math.max(
                                            mine.size(),
                                            neighbours.get(names.get(j)).size()));
                    others += w[i][j];
                }
            }
            w[i][i] = 1 - others;
        }
        return w;
    }

    /** Returns the neighbours of those who stay when a client leaves: nobody gets new ones. */
    static Map<String, Set<String>> without(Map<String, Set<String>> neighbours, String client) {
        Map<String, Set<String>> rest = new LinkedHashMap<>();
        neighbours.forEach((name, theirs) -> {
            if (!name.equals(client)) {
                Set<String> staying = new LinkedHashSet<>(theirs);
                staying.remove(client);
                rest.put(name, staying);
            }
        });
        return rest;
    }

    /**
     * Mixes models: x_i ← Σ_j w_ij x_j.
     *
     * @param w a row for each model that comes out, a column for each that goes in
     * @param models weights of networks of one shape
     */
    static List<Weights> mix(double[][] w, List<Weights> models) {
        List<Weights> out = new ArrayList<>();
        for (int i = 0; i < w.length; i++) {
            // A server sends the same mean to all.
            out.add(i > 0 && Arrays.equals(w[i], w[i - 1]) ? out.get(i - 1) : Weights.average(models, w[i]));
        }
        return out;
    }

    /**
     * Returns a client's part in one round, share · (after − before), added to its parts of the rounds before
     * (Wu, Zhu and Mitra 2022).
     *
     * @param sum its parts so far, null before the first round
     * @param share its share in the mean
     * @param before the global model that the round began with
     * @param after what the client made of it
     */
    static Weights accumulate(Weights sum, double share, Weights before, Weights after) {
        Weights update = sum(share, after, -share, before);
        return sum == null ? update : sum(1, sum, 1, update);
    }

    /** Returns the global model without a client's parts in it (Wu, Zhu and Mitra 2022). */
    static Weights subtract(Weights global, Weights sum) {
        return sum(1, global, -1, sum);
    }

    private static Weights sum(double a, Weights x, double b, Weights y) {
        List<float[]> sums = x.copy();
        List<float[]> others = y.copy();
        for (int array = 0; array < sums.size(); array++) {
            float[] values = sums.get(array);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (a * values[i] + b * others.get(array)[i]);
            }
        }
        return Weights.of(sums);
    }
}
