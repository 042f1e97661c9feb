package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.Pair;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import unlearn4j.core.Check;

/**
 * All the numbers of a network at one moment, running means and variances included: what a client sends, what an
 * experiment restores. Immutable; equal if every bit is.
 */
public final class Weights {
    private final List<float[]> arrays;

    /** Takes arrays over; the caller must not keep them. */
    Weights(List<float[]> arrays) {
        this.arrays = arrays;
    }

    /** Makes weights of each parameter's numbers, in the network's order; they are copied. */
    public static Weights of(List<float[]> arrays) {
        return new Weights(
                Check.allGiven("arrays", arrays).stream().map(float[]::clone).toList());
    }

    /**
     * Returns the weighted average, running means and variances included: federated averaging (McMahan et al. 2017). It is
     * summed in double precision and in the order of the list, so that the same list gives the same bits.
     *
     * @param weights one or more networks' weights, of one architecture
     * @param shares how much each counts, 0 or more; what they add up to is divided by
     * @throws IllegalArgumentException if the weights are of different architectures, or the shares don't fit them
     */
    public static Weights average(List<Weights> weights, double[] shares) {
        Check.notEmpty("weights", weights);
        Check.that(
                Check.given("shares", shares).length == weights.size(),
                "%d shares are not those of %d networks",
                shares.length,
                weights.size());
        double whole = 0;
        for (double share : shares) {
            whole += Check.notNegative("share", share);
        }
        Check.positive("the sum of the shares", whole);
        Weights first = weights.get(0);
        for (Weights other : weights) {
            Check.that(
                    other.sizes().equals(first.sizes()),
                    "weights of different architectures, %d and %d numbers, have "
                            + "no average: average copies of one network",
                    first.size(),
                    other.size());
        }
        List<float[]> means = new ArrayList<>(first.count());
        for (int i = 0; i < first.count(); i++) {
            double[] sums = new double[first.array(i).length];
            for (int network = 0; network < shares.length; network++) {
                float[] values = weights.get(network).array(i);
                for (int l = 0; l < sums.length; l++) {
                    sums[l] += shares[network] * values[l];
                }
            }
            float[] mean = new float[sums.length];
            for (int l = 0; l < mean.length; l++) {
                mean[l] = (float) (sums[l] / whole);
            }
            means.add(mean);
        }
        return new Weights(means);
    }

    /** Refuses those of another network than the one of that name, whose parameters these are. */
    void checkFit(String network, List<Pair<String, Shape>> layout) {
        Check.that(
                count() == layout.size(),
                "weights of %d arrays are not those of %s, which has %d",
                count(),
                network,
                layout.size());
        for (int i = 0; i < layout.size(); i++) {
            long size = layout.get(i).getValue().size();
            Check.that(
                    array(i).length == size,
                    "weights of %d numbers do not fit %s of %s, which has %d there",
                    array(i).length,
                    layout.get(i).getKey(),
                    network,
                    size);
        }
    }

    private List<Integer> sizes() {
        return arrays.stream().map(array -> array.length).toList();
    }

    /** Replaces an array's numbers by those. */
    static void fill(NDArray array, float[] values) {
        // copyTo() and set(Buffer) do the same, and have libtorch warn about it.
        try (NDArray source = array.getManager().create(values, array.getShape())) {
            Sgd.undifferentiated(() -> array.set(new NDIndex("..."), source));
        }
    }

    /** Returns how many numbers there are. */
    public long size() {
        return arrays.stream().mapToLong(array -> array.length).sum();
    }

    /** Returns how many bytes they take as 32-bit floats. */
    public long bytes() {
        return Float.BYTES * size();
    }

    /** Returns how many arrays there are, one a parameter of the network. */
    int count() {
        return arrays.size();
    }

    /** Returns one parameter's numbers; not to be changed. */
    float[] array(int index) {
        return arrays.get(index);
    }

    /** Returns a copy of each parameter's numbers, in the network's order. */
    public List<float[]> copy() {
        List<float[]> copies = new ArrayList<>(arrays.size());
        arrays.forEach(array -> copies.add(array.clone()));
        return copies;
    }

    /** Returns the SHA-256 of the numbers' bits, in hexadecimal: a receipt can name a model by it. */
    public String sha256() {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (float[] array : arrays) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * array.length);
            bytes.asFloatBuffer().put(array);
            digest.update(bytes.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Weights weights) || weights.arrays.size() != arrays.size()) {
            return false;
        }
        for (int i = 0; i < arrays.size(); i++) {
            // Arrays.equals compares floats by their bits, but takes all NaN as one.
            if (!Arrays.equals(arrays.get(i), weights.arrays.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (float[] array : arrays) {
            hash = 31 * hash + Arrays.hashCode(array);
        }
        return hash;
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT, "%,d weights, %.3f MB, %s", size(), bytes() / 1e6, sha256().substring(0, 12));
    }
}
