package unlearn4j.audit;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;

/**
 * The likelihood ratio attack on unlearning, U-LiRA (Hayes et al. 2024, after Carlini et al. 2022): membership told image by
 * image. Shadow networks go through what the audited one went through, each with another half of the images; so of each image
 * it is known how confident networks are that once learned it, and how confident those that never did. An image is scored by
 * how much likelier the audited network's confidence is among the first. Where nothing is unlearned in between, this is LiRA.
 */
public final class ULira {
    /** With fewer of either kind for an image, its deviation is that of all images together. */
    private static final int ENOUGH = 16;

    private final Images candidates;
    private final boolean[][] learned;
    private final double[][] confidences;

    private ULira(Images candidates, boolean[][] learned, double[][] confidences) {
        this.candidates = candidates;
        this.learned = learned;
        this.confidences = confidences;
    }

    /**
     * Makes the shadow networks; only what they say of the candidates is kept.
     *
     * @param candidates the images whose membership is to be told: members of the audited network and others
     * @param shadows how many networks, 4 or more and even; report it with the result, for with few the attack is weak
     * @param seed which halves they learn, and their own seeds
     * @param shadow makes one of a seed that learns these candidates, perhaps among other images, and where unlearning is
     *     audited, is made to forget them again: as the audited network was made
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public static ULira of(Images candidates, int shadows, long seed, BiFunction<Images, Long, Classifier> shadow) {
        return of(candidates, shadows, seed, shadow, Optional.empty());
    }

    /**
     * Makes the shadow networks as {@link #of(Images, int, long, BiFunction)} does, and keeps what they say in a folder: whoever
     * asks again with the same candidates, number, seed and words, or was stopped, has those done before.
     *
     * @param folder where to; it is made if need be
     * @param made how the networks are made, in words that change whenever {@code shadow} does: a function can't be compared
     * @throws unlearn4j.data.DataException if a file there is damaged, or can't be written
     */
    public static ULira of(
            Images candidates,
            int shadows,
            long seed,
            BiFunction<Images, Long, Classifier> shadow,
            Path folder,
            String made) {
        Check.given("folder", folder);
        Check.that(made != null && !made.isBlank(), "made must be given, not blank: say how the networks are made");
        String of = Check.given("candidates", candidates).sha256() + " " + shadows + " " + seed + " " + made;
        return of(candidates, shadows, seed, shadow, Optional.of(new ShadowFiles(folder, of)));
    }

    private static ULira of(
            Images candidates,
            int shadows,
            long seed,
            BiFunction<Images, Long, Classifier> shadow,
            Optional<ShadowFiles> kept) {
        Check.given("shadow", shadow);
        Check.that(
                Check.given("candidates", candidates).size() >= 2,
                "%s: %d candidates are no two to tell apart",
                candidates.name(),
                candidates.size());
        Check.that(
                shadows >= 4 && shadows % 2 == 0 && shadows <= 10_000,
                "shadows (%d) must be even and from 4 to 10,000: each image is learned by half of them",
                shadows);
        boolean[][] learned =
                halves(shadows, candidates.size(), Seed.of(seed).child("halves").random());
        double[][] confidences = new double[shadows][];
        for (int s = 0; s < shadows; s++) {
            int number = s;
            confidences[s] = kept.flatMap(files -> files.read(number, learned[number]))
                    .orElseGet(() -> {
                        double[] said = said(
                                candidates,
                                learned[number],
                                shadow,
                                Seed.of(seed).child("shadow").child(number));
                        kept.ifPresent(files -> files.write(number, learned[number], said));
                        return said;
                    });
        }
        return new ULira(candidates, learned, confidences);
    }

    private static double[] said(
            Images candidates, boolean[] half, BiFunction<Images, Long, Classifier> shadow, Seed seed) {
        int[] members = IntStream.range(0, half.length).filter(i -> half[i]).toArray();
        Classifier network = Check.given("the shadow network", shadow.apply(candidates.at(members), seed.value()));
        return finite(Membership.confidences(Evaluator.logits(network, candidates), candidates));
    }

    /** Each image is learned by just half of the networks, so that both its distributions have as many. */
    private static boolean[][] halves(int shadows, int images, SplittableRandom random) {
        boolean[][] learned = new boolean[shadows][images];
        for (int i = 0; i < images; i++) {
            int[] order = Seed.of(random.nextLong()).permutation(shadows);
            for (int s = 0; s < shadows / 2; s++) {
                learned[order[s]][i] = true;
            }
        }
        return learned;
    }

    private static double[] finite(double[] confidences) {
        return Arrays.stream(confidences).map(Membership::bounded).toArray();
    }

    /** Returns how many shadow networks there are: a result is worth nothing without it. */
    public int shadows() {
        return learned.length;
    }

    /**
     * Scores each candidate: log-likelihood of the network's confidence among networks that learned the image, less that among
     * those that did not, each a normal distribution.
     *
     * @throws IllegalArgumentException if the candidates do not fit the network
     */
    public double[] scores(Classifier model) {
        double[] said = finite(Membership.confidences(Evaluator.logits(model, candidates), candidates));
        double in = deviation(true);
        double out = deviation(false);
        double[] scores = new double[said.length];
        for (int i = 0; i < said.length; i++) {
            scores[i] = normal(column(i, true), in).logDensity(said[i])
                    - normal(column(i, false), out).logDensity(said[i]);
        }
        return scores;
    }

    /**
     * Attacks a network.
     *
     * @param members those of the candidates that it learned; the rest it never saw
     * @throws IllegalArgumentException if there are none, if all are, or if one is no candidate
     */
    public Membership attack(Classifier model, Images members) {
        Images known = candidates.shared(Check.given("members", members));
        Check.that(
                known.size() == members.size() && known.size() > 0 && known.size() < candidates.size(),
                "%d of the %d members are among the %d candidates: all must be, and some candidate must be none",
                known.size(),
                members.size(),
                candidates.size());
        Set<Integer> rows = new HashSet<>();
        for (int i = 0; i < members.size(); i++) {
            rows.add(members.row(i));
        }
        double[] scores = scores(model);
        double[][] parts = new double[2][];
        for (boolean member : new boolean[] {true, false}) {
            parts[member ? 0 : 1] = IntStream.range(0, scores.length)
                    .filter(i -> rows.contains(candidates.row(i)) == member)
                    .mapToDouble(i -> scores[i])
                    .toArray();
        }
        return Membership.of(parts[0], parts[1]);
    }

    private double[] column(int image, boolean of) {
        return IntStream.range(0, learned.length)
                .filter(s -> learned[s][image] == of)
                .mapToDouble(s -> confidences[s][image])
                .toArray();
    }

    /** The deviation of all images' confidences about each image's own mean. */
    private double deviation(boolean of) {
        double sum = 0;
        for (int i = 0; i < candidates.size(); i++) {
            sum += StatUtils.variance(column(i, of));
        }
        return Math.sqrt(sum / candidates.size());
    }

    private static NormalDistribution normal(double[] values, double common) {
        double own = values.length >= ENOUGH ? Math.sqrt(StatUtils.variance(values)) : common;
        return new NormalDistribution(null, StatUtils.mean(values), Math.max(1e-3, own));
    }

    @Override
    public String toString() {
        return "U-LiRA by " + shadows() + " shadow networks on " + candidates.size() + " candidates";
    }
}
