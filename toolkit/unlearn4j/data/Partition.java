package unlearn4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;

/**
 * Images dealt out to clients: no image to two of them. Immutable.
 *
 * @param shards each client's images, at least one a client
 */
public record Partition(List<Images> shards) {

    /** Makes a partition; the list is copied. */
    public Partition {
        shards = List.copyOf(Check.notEmpty("shards", shards));
        for (int i = 0; i < shards.size(); i++) {
            Check.that(
                    !shards.get(i).isEmpty(),
                    "client %d of %d gets no images: have fewer clients, or more images",
                    i + 1,
                    shards.size());
        }
    }

    /**
     * Deals images out at random in equal numbers; those left over go to nobody.
     *
     * @param images the images
     * @param clients how many clients, from 1 to the number of images
     * @param seed where chance comes from
     */
    public static Partition equal(Images images, int clients, long seed) {
        Check.that(
                clients > 0 && clients <= Check.given("images", images).size(),
                "clients (%d) must be from 1 to the %d images of %s",
                clients,
                images.size(),
                images.name());
        int each = images.size() / clients;
        Images shuffled = images.shuffled(seed);
        return new Partition(IntStream.range(0, clients)
                .mapToObj(client -> shuffled.slice(client * each, (client + 1) * each))
                .toList());
    }

    /**
     * Deals out images of {@code classesEach} classes to each client, a set of classes of its own, in equal numbers
     * without overlap: paper A, §IV.B, has 9 classes of 10 for each of 6 clients.
     *
     * @param images the images
     * @param clients how many clients, at most as many as there are classes
     * @param classesEach how many classes a client has images of; with fewer than all of them no two clients have the
     *     same set
     * @param seed where chance comes from
     */
    public static Partition classesEach(Images images, int clients, int classesEach, long seed) {
        int[] known = Check.given("images", images).labels().values().stream()
                .mapToInt(Integer::intValue)
                .toArray();
        Check.positive("clients", clients);
        Check.that(
                classesEach > 0 && classesEach <= known.length,
                "classesEach (%d) must be from 1 to the %d classes of %s",
                classesEach,
                known.length,
                images.name());
        if (classesEach == known.length) {
            return equal(images, clients, seed);
        }
        Check.that(
                clients <= known.length,
                "clients (%d) must be at most %d for each to have its own set of %d of %d classes",
                clients,
                known.length,
                classesEach,
                known.length);
        // Client i has a run of the classes, in random order and around the end, that begins at the i-th.
        int[] order = Seed.of(seed).child("classes").permutation(known.length);
        List<List<Images>> parts = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            parts.add(new ArrayList<>());
        }
        for (int place = 0; place < known.length; place++) {
            int label = known[order[place]];
            List<List<Images>> holders = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                if (Math.floorMod(place - client, known.length) < classesEach) {
                    holders.add(parts.get(client));
                }
            }
            deal(images, label, holders, seed);
        }
        List<Images> shards = parts.stream()
                .map(part -> part.stream().reduce(images.slice(0, 0), Images::and))
                .toList();
        int each = shards.stream().mapToInt(Images::size).min().orElseThrow();
        // Balanced, for a plain draw of so many could leave a class out.
        return new Partition(IntStream.range(0, clients)
                .mapToObj(client -> shards.get(client)
                        .balanced(
                                each,
                                Seed.of(seed).child("client").child(client).value()))
                .toList());
    }

    /**
     * Deals each label out in equal numbers to those clients that are to have it: labels that overlap, as in paper B's §5.3.
     * Images of a label that no client is to have go to nobody.
     *
     * @param images the images
     * @param labels for each client the labels that it is to have images of
     * @param seed where chance comes from
     */
    public static Partition labelsOf(Images images, List<Labels> labels, long seed) {
        Check.notEmpty("labels", labels);
        Labels known = Check.given("images", images).labels();
        for (int client = 0; client < labels.size(); client++) {
            Check.that(
                    known.containsAll(labels.get(client)),
                    "label(s) %s of client %d have no images in %s: it has %s",
                    labels.get(client).without(known),
                    client + 1,
                    images.name(),
                    known);
        }
        List<List<Images>> parts = labels.stream()
                .map(any -> (List<Images>) new ArrayList<Images>())
                .toList();
        for (int label : known.values()) {
            int[] holders = IntStream.range(0, labels.size())
                    .filter(i -> labels.get(i).contains(label))
                    .toArray();
            deal(images, label, Arrays.stream(holders).mapToObj(parts::get).toList(), seed);
        }
        return new Partition(parts.stream()
                .map(part -> part.stream().reduce(images.slice(0, 0), Images::and))
                .toList());
    }

    /** Deals the images of a label out at random, in numbers that differ by one at most. */
    private static void deal(Images images, int label, List<List<Images>> holders, long seed) {
        Images ofClass = images.only(Labels.of(label))
                .shuffled(Seed.of(seed).child("class").child(label).value());
        Check.that(
                ofClass.size() >= holders.size(),
                "label %d of %s has %d images for %d clients that are to have some: "
                        + "have fewer clients, or more images",
                label,
                images.name(),
                ofClass.size(),
                holders.size());
        for (int i = 0; i < holders.size(); i++) {
            int from = (int) ((long) ofClass.size() * i / holders.size());
            int below = (int) ((long) ofClass.size() * (i + 1) / holders.size());
            holders.get(i).add(ofClass.slice(from, below));
        }
    }

    /**
     * Deals each class out in shares drawn from a Dirichlet distribution: the smaller {@code alpha}, the more a class
     * belongs to few clients.
     *
     * @param images the images
     * @param clients how many clients
     * @param alpha the distribution's concentration, above 0
     * @param seed where chance comes from
     */
    public static Partition dirichlet(Images images, int clients, double alpha, long seed) {
        Check.that(
                clients > 0 && clients <= Check.given("images", images).size(),
                "clients (%d) must be from 1 to the %d images of %s",
                clients,
                images.size(),
                images.name());
        Check.positive("alpha", alpha);
        List<Images> shards = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            shards.add(images.slice(0, 0));
        }
        for (int label : images.labels().values()) {
            Images ofClass = images.only(Labels.of(label))
                    .shuffled(Seed.of(seed).child("class").child(label).value());
            double[] shares = dirichletShares(
                    clients, alpha, Seed.of(seed).child("shares").child(label).random());
            double before = 0;
            for (int client = 0; client < clients; client++) {
                int from = (int) Math.round(before * ofClass.size());
                before = client == clients - 1 ? 1 : before + shares[client];
                int below = (int) Math.round(Math.min(1, before) * ofClass.size());
                shards.set(client, shards.get(client).and(ofClass.slice(from, below)));
            }
        }
        return new Partition(shards);
    }

    /** Shares that add up to 1: gamma variates, divided by their sum. */
    private static double[] dirichletShares(int count, double alpha, SplittableRandom random) {
        double[] shares = new double[count];
        for (int i = 0; i < count; i++) {
            shares[i] = gamma(alpha, random);
        }
        double sum = Arrays.stream(shares).sum();
        // With a tiny alpha every variate may round to 0; then one client has all.
        if (sum == 0) {
            shares[random.nextInt(count)] = 1;
            return shares;
        }
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    /** A gamma variate of that shape and scale 1 (Marsaglia and Tsang 2000, with their boost for shapes below 1). */
    private static double gamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal =
                    Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
            double v = Math.pow(1 + c * normal, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }

    /**
     * Makes views that grow by labels, as paper B's incremental setting does (§5.2): the first has the labels below
     * {@code first}, each next {@code step} more. Unlike clients' shards, these overlap: each holds all before it.
     *
     * @param images the images
     * @param first how many labels the first view has
     * @param step how many more each next has
     * @param count how many views
     */
    public static List<Images> labelRanges(Images images, int first, int step, int count) {
        Check.positive("first", first);
        Check.positive("step", step);
        Check.positive("count", count);
        long last = first + (long) step * (count - 1);
        Check.that(
                last <= Check.given("images", images).classes(),
                "first (%d) and %d steps of %d make %d labels, %s has %d",
                first,
                count - 1,
                step,
                last,
                images.name(),
                images.classes());
        return IntStream.range(0, count)
                .mapToObj(i -> images.only(Labels.range(0, first + step * i)))
                .toList();
    }

    /** Returns how many images of each class each client has: a row a client, a column a class. */
    public Table table() {
        Table table = Table.create("Partition");
        table.addColumns(StringColumn.create(
                "client",
                IntStream.rangeClosed(1, shards.size())
                        .mapToObj(i -> "client-" + i)
                        .toArray(String[]::new)));
        List<int[]> counts = shards.stream().map(Images::counts).toList();
        List<String> names = shards.get(0).labelNames();
        for (int label = 0; label < names.size(); label++) {
            int column = label;
            table.addColumns(IntColumn.create(
                    names.get(label), counts.stream().mapToInt(c -> c[column]).toArray()));
        }
        table.addColumns(IntColumn.create(
                "images", shards.stream().mapToInt(Images::size).toArray()));
        return table;
    }
}
