package unlearn4j.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.audit.Backdoor;
import unlearn4j.audit.Difference;
import unlearn4j.audit.Interval;
import unlearn4j.audit.Membership;
import unlearn4j.audit.Panel.Verdict;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.hdus.Framework;
import unlearn4j.train.Outputs;

/**
 * Is a client gone? What those who stay answer before it leaves and after, beside the same framework that never had it: how
 * many percent of unseen images with the client's trigger they say are of its label ({@code backdoor}), how probable they find
 * that label on average ({@code its label}), and how well the loss tells the client's honest images from unseen ones of the
 * same labels ({@code membership}, {@link Membership#byLoss}). Each is the mean over those who stay.
 *
 * @param client who leaves
 * @param backdoor what it planted
 * @param members the images that it learned from, planted ones among them: these are left out
 * @param unseen images that nobody learned from
 */
public record ClientAudit(String client, Backdoor backdoor, Images members, Images unseen) {
    private static final String BACKDOOR = "backdoor";
    private static final String LABEL = "its label";
    private static final String MEMBERSHIP = "membership";
    private static final List<String> AUDITS = List.of(BACKDOOR, LABEL, MEMBERSHIP);
    private static final String ACCURACY = "accuracy";
    private static final String GUESSING = "guessing";

    private enum When {
        BEFORE,
        AFTER,
        NEVER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Makes an audit. */
    public ClientAudit {
        Check.given("client", client);
        Labels its = Labels.of(Check.given("backdoor", backdoor).label());
        members = Check.given("members", members).without(its);
        Check.given("unseen", unseen);
        Check.that(
                !members.isEmpty() && !unseen.only(members.labels()).isEmpty(),
                "%s and %s have no images of one label, other than the backdoor's: membership can't be told",
                members.name(),
                unseen.name());
    }

    /**
     * Makes a framework forget the client, and measures before and after.
     *
     * @param framework the client is in it, and is gone afterwards
     * @param never one of its kind that never had the client, with the others that stay
     * @return percentages and areas of each metric, with the framework, {@code when}, and in how many images it was counted
     */
    public Measurements forget(Framework framework, Framework never) {
        List<String> staying =
                new ArrayList<>(Check.given("framework", framework).clients());
        Check.that(staying.remove(client), "%s is not in %s, but %s", client, framework.name(), staying);
        Check.that(
                Check.given("never", never).clients().equals(staying),
                "never must have the clients that stay, %s, and has %s",
                staying,
                never.clients());
        Measurements before = of(framework, staying, When.BEFORE);
        framework.forget(client);
        return before.and(of(framework, staying, When.AFTER))
                .and(of(never, staying, When.NEVER).about("framework", framework.name()));
    }

    private Measurements of(Framework framework, List<String> clients, When when) {
        Images triggered = backdoor.triggered(unseen);
        Images others = unseen.only(members.labels());
        double[] sums = new double[4];
        for (String one : clients) {
            Outputs said = framework.outputs(one, triggered);
            sums[0] += framework.outputs(one, unseen).against(unseen).accuracy();
            sums[1] += backdoor.success(said).estimate();
            sums[2] += Membership.byLoss(images -> framework.outputs(one, images), members, others)
                    .area()
                    .estimate();
            sums[3] += 100 * said.mean(backdoor.label());
        }
        int count = clients.size();
        return Measurements.of(
                        row(ACCURACY, sums[0] / count, "%", unseen.size()),
                        row(
                                GUESSING,
                                100.0 * StatUtils.max(doubles(unseen.counts())) / unseen.size(),
                                "%",
                                unseen.size()),
                        row(BACKDOOR, sums[1] / count, "%", triggered.size()),
                        row(LABEL, sums[3] / count, "%", triggered.size()),
                        row(MEMBERSHIP, sums[2] / count, "", Math.min(members.size(), others.size())))
                .about("framework", framework.name())
                .about("when", when.word());
    }

    private static double[] doubles(int[] counts) {
        return Arrays.stream(counts).asDoubleStream().toArray();
    }

    private static Measurement row(String metric, double value, String unit, int images) {
        return Measurement.of(metric, value, unit).about("images", images);
    }

    /**
     * Judges each framework by each audit: {@code gone} where what is measured after lies, with its whole 95 % interval, within
     * 5 points or 0.05 of what is measured where the client never was; {@code not gone} where it is more, {@code less than never}
     * where it is less, by p ≤ 0.05 with Holm's correction for the framework's audits; {@code can't tell} between. A framework is
     * not judged that learned nothing, and by no audit that didn't find the client before it left.
     *
     * @param measured what {@link #forget} returned, of several seeds
     * @return a row for each framework and audit: means before, after and never, the difference of the last two with its
     *     interval (missing for one seed), p, and the verdict
     */
    public static Table verdicts(Measurements measured) {
        StringColumn framework = StringColumn.create("framework");
        StringColumn audit = StringColumn.create("audit");
        List<DoubleColumn> numbers = Stream.of("before", "after", "never", "after − never", "from", "to", "p")
                .map(name -> Measurements.number(name, 3))
                .toList();
        StringColumn verdict = StringColumn.create("verdict");
        byFramework(Check.given("measured", measured)).forEach((name, runs) -> {
            List<Difference> found = differences(runs, When.BEFORE);
            List<Difference> left = differences(runs, When.AFTER);
            boolean learned = Difference.of(runs.values(ACCURACY, When.NEVER), runs.values(GUESSING, When.NEVER))
                            .interval()
                            .low()
                    > 0;
            for (int i = 0; i < AUDITS.size(); i++) {
                framework.append(name);
                audit.append(AUDITS.get(i));
                Interval gap = left.get(i).interval();
                for (When when : When.values()) {
                    numbers.get(when.ordinal()).append(StatUtils.mean(runs.values(AUDITS.get(i), when)));
                }
                numbers.get(3).append(gap.estimate());
                numbers.get(4).append(gap.low());
                numbers.get(5).append(gap.high());
                numbers.get(6).append(left.get(i).p());
                double resolution = AUDITS.get(i).equals(MEMBERSHIP) ? 0.05 : 5;
                verdict.append(verdict(learned, found.get(i), left.get(i), resolution));
            }
        });
        return Table.create("Is the client gone?", framework, audit)
                .addColumns(numbers.toArray(DoubleColumn[]::new))
                .addColumns(verdict);
    }

    private static String verdict(boolean learned, Difference before, Difference after, double resolution) {
        if (!before.interval().known()) {
            return "can't tell: one seed has no interval";
        }
        if (!learned) {
            return "not judged: it learned nothing";
        }
        if (Verdict.of(before, resolution) != Verdict.DIFFERS
                || before.interval().estimate() < 0) {
            return "not judged: not found before";
        }
        return switch (Verdict.of(after, resolution)) {
            case AS_RETRAINED -> "gone";
            case CANT_TELL -> "can't tell";
            case DIFFERS -> after.interval().estimate() > 0 ? "not gone" : "less than never";
        };
    }

    private static List<Difference> differences(Runs runs, When when) {
        return Difference.corrected(AUDITS.stream()
                .map(audit -> Difference.of(runs.values(audit, when), runs.values(audit, When.NEVER), runs.step(audit)))
                .toList());
    }

    /** What was measured of a framework: numbers by audit and time, each by seed; and in which step each is counted. */
    private record Runs(Map<String, Map<Long, Double>> numbers, Map<String, Double> steps) {
        double[] values(String audit, When when) {
            Map<Long, Double> bySeed = numbers.getOrDefault(audit + when.word(), Map.of());
            Check.that(
                    !bySeed.isEmpty(),
                    "%s %s was not measured: take the rows that forget returned, all of them",
                    audit,
                    when.word());
            return bySeed.values().stream().mapToDouble(Double::doubleValue).toArray();
        }

        double step(String audit) {
            return steps.get(audit);
        }
    }

    private static Map<String, Runs> byFramework(Measurements measured) {
        Map<String, Runs> all = new LinkedHashMap<>();
        for (Measurement row : measured.list()) {
            Runs runs = all.computeIfAbsent(
                    row.text("framework"), name -> new Runs(new LinkedHashMap<>(), new LinkedHashMap<>()));
            Double twice = runs.numbers
                    .computeIfAbsent(row.metric() + row.text("when"), any -> new TreeMap<>())
                    .put(row.seed().orElse(0), row.value());
            Check.that(
                    twice == null,
                    "%s of %s was measured twice with one seed: give each run its seed, and each framework a name",
                    row.metric(),
                    row.text("framework"));
            // The probability is no count, but no more sure than the images are many.
            runs.steps.put(row.metric(), (row.unit().isEmpty() ? 1 : 100) / Double.parseDouble(row.text("images")));
        }
        return all;
    }
}
