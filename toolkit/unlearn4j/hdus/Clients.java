package unlearn4j.hdus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Partition;

/**
 * The clients of an experiment: who has which images, and the reference images. A value; each method returns a changed
 * copy. Unless each client is given reference images of its own, all have the same, which are taken from the training set
 * before the clients' are dealt out, so that nobody's local data is among them.
 */
public final class Clients {
    private final Dataset data;
    private final int count;
    private final int classesEach;
    private final int reference;
    private final int each;
    private final Seed seed;
    /** Each client's own reference images by its name, or null. */
    private final Function<String, Images> own;
    /** What clients make of the images that they are dealt, by their names. */
    private final Map<String, UnaryOperator<Images>> changed;
    /** Who stays away. */
    private final Set<String> away;

    private Clients(
            Dataset data,
            int count,
            int classesEach,
            int reference,
            int each,
            Seed seed,
            Function<String, Images> own,
            Map<String, UnaryOperator<Images>> changed,
            Set<String> away) {
        this.data = data;
        this.count = count;
        this.classesEach = classesEach;
        this.reference = reference;
        this.each = each;
        this.seed = seed;
        this.own = own;
        this.changed = changed;
        this.away = away;
    }

    /**
     * Begins with paper A's setting (§IV.B): six clients, each without one class, a class of its own, and a sixth of the
     * training images as reference.
     */
    public static Clients of(Dataset data) {
        Check.given("data", data);
        return new Clients(
                data,
                6,
                Math.max(1, data.classes() - 1),
                Math.max(1, data.train().size() / 6),
                0,
                Seed.of(0),
                null,
                Map.of(),
                Set.of());
    }

    /** Returns a copy with that many clients, 1 or more. */
    public Clients count(int clients) {
        Check.positive("count", clients);
        return new Clients(data, clients, classesEach, reference, each, seed, own, changed, away);
    }

    /** Returns a copy in which a client has images of that many classes, a set of its own unless it has all. */
    public Clients classesEach(int classes) {
        Check.that(
                classes > 0 && classes <= data.classes(),
                "classesEach (%d) must be from 1 to the %d classes of %s",
                classes,
                data.classes(),
                data.name());
        return new Clients(data, count, classes, reference, each, seed, own, changed, away);
    }

    /** Returns a copy with that many reference images, which need no labels; some must be left for the clients. */
    public Clients reference(int images) {
        Check.that(
                images > 0 && images < data.train().size(),
                "reference (%d) must be from 1 to %d, one less than the " + "training images of %s",
                images,
                data.train().size() - 1,
                data.name());
        return new Clients(data, count, classesEach, images, each, seed, own, changed, away);
    }

    /**
     * Returns a copy in which each client has reference images of its own (§III.B: they need not be the same for all), of
     * the data's shape and number of classes. The images that {@link #reference(int)} sets aside are still set aside.
     *
     * @param images the reference images of the client of that name; the same at every call
     */
    public Clients reference(Function<String, Images> images) {
        return new Clients(
                data, count, classesEach, reference, each, seed, Check.given("reference", images), changed, away);
    }

    /** Returns a copy in which a client has at most that many images; without this it has its full share. */
    public Clients each(int images) {
        Check.positive("each", images);
        return new Clients(data, count, classesEach, reference, images, seed, own, changed, away);
    }

    /** Returns a copy with that seed, which decides who gets which images. */
    public Clients seed(long value) {
        return new Clients(data, count, classesEach, reference, each, Seed.of(value), own, changed, away);
    }

    /**
     * Returns a copy in which a client learns from what it makes of the images that it is dealt: an attacker say, that flips
     * labels or plants a backdoor. What the others have stays the same, and so does {@link #partition}, which says who was
     * dealt what.
     *
     * @param client whose images, {@code "client-2"} say
     * @param change makes images of the same shape and number of classes from those dealt; the same at every call
     */
    public Clients images(String client, UnaryOperator<Images> change) {
        checkNamed(client);
        Map<String, UnaryOperator<Images>> more = new TreeMap<>(changed);
        more.put(client, Check.given("change", change));
        return new Clients(data, count, classesEach, reference, each, seed, own, more, away);
    }

    private void checkNamed(String name) {
        Check.that(
                name != null && IntStream.rangeClosed(1, count).anyMatch(i -> name(i).equals(name)),
                "there is no client named %s: the clients are %s to %s",
                name,
                name(1),
                name(count));
    }

    /**
     * Returns a copy in which these never were: they take no part, and the others have the images, the models and the
     * chance that they have anyway. What forgetting a client exactly has to lead to.
     *
     * @param names some of the clients, {@code "client-2"} say; not all
     */
    public Clients without(String... names) {
        Set<String> gone = new TreeSet<>(away);
        for (String name : Check.given("names", names)) {
            checkNamed(name);
            gone.add(name);
        }
        Clients rest = new Clients(data, count, classesEach, reference, each, seed, own, changed, gone);
        rest.checkSome();
        return rest;
    }

    private void checkSome() {
        Check.that(
                IntStream.rangeClosed(1, count).anyMatch(i -> !away.contains(name(i))),
                "without (%s) leaves none of the %d clients: leave one at least",
                String.join(", ", away),
                count);
    }

    private static String name(int number) {
        return "client-" + number;
    }

    /** Returns the data set. */
    public Dataset data() {
        return data;
    }

    /** Returns the seed. */
    Seed seed() {
        return seed;
    }

    /** Returns the images that are set aside as reference: X^ref, unless clients have reference images of their own. */
    public Images reference() {
        return data.train().balanced(reference, seed.child("reference").value()).named(data.name() + " reference");
    }

    /** Returns a client's reference images, X_i^ref; a client may join later, so any name has some. */
    public Images reference(String client) {
        Check.given("client", client);
        return own == null ? reference() : own.apply(client);
    }

    /** Returns who has which images, those who stay away too: the same at every call. */
    public Partition partition() {
        // balanced() draws ranks from the whole set, so the first images of one longer draw are the reference.
        Images order = data.train()
                .balanced(data.train().size(), seed.child("reference").value());
        Images left = order.slice(reference, order.size());
        Check.that(
                left.labels().size() >= classesEach,
                "reference (%d) leaves the clients %d images of %d classes, and " + "each is to have %d: take fewer",
                reference,
                left.size(),
                left.labels().size(),
                classesEach);
        Partition dealt = Partition.classesEach(
                left, count, classesEach, seed.child("partition").value());
        if (each == 0) {
            return dealt;
        }
        return new Partition(dealt.shards().stream()
                .map(shard -> shard.slice(0, Math.min(each, shard.size())))
                .toList());
    }

    /** Returns the training images that are left over: no client has them, and they are not set aside as reference. */
    public Images unused() {
        return data.train()
                .without(reference())
                .without(Images.union(partition().shards()))
                .named(data.name() + " unused");
    }

    /**
     * Returns the clients with their images, named client-1, client-2, and so on.
     *
     * @throws IllegalArgumentException if a client's own reference images don't fit
     */
    public List<Client> list() {
        return List.copyOf(places().values());
    }

    /** Returns the clients by their places among all, from 0; models are dealt out by place, whoever stays away. */
    Map<Integer, Client> places() {
        checkSome();
        List<Images> shards = partition().shards();
        Images shared = own == null ? reference() : null;
        Map<Integer, Client> places = new LinkedHashMap<>();
        for (int place = 0; place < shards.size(); place++) {
            String name = name(place + 1);
            if (!away.contains(name)) {
                Images images =
                        changed.getOrDefault(name, UnaryOperator.identity()).apply(shards.get(place));
                Check.given("images of " + name, images);
                Check.that(
                        images.shape().equals(data.shape()) && images.classes() == data.classes(),
                        "%s makes of its images those of %s and %d classes, not of %s and %d as %s has them",
                        name,
                        images.shape(),
                        images.classes(),
                        data.shape(),
                        data.classes(),
                        data.name());
                places.put(place, new Client(name, images.named(name), own == null ? shared : own.apply(name)));
            }
        }
        return places;
    }

    @Override
    public String toString() {
        return count + " clients of " + data.name() + " with " + classesEach + " of " + data.classes()
                + " classes each, "
                + (each == 0 ? "" : "at most " + each + " images each, ") + reference + " reference images"
                + (own == null ? "" : " set aside and others used")
                + (changed.isEmpty() ? "" : ", images changed by " + String.join(", ", changed.keySet()))
                + (away.isEmpty() ? "" : ", without " + String.join(", ", away)) + ", seed " + seed.value();
    }
}
