package unlearn4j.core;

import java.util.SplittableRandom;

/**
 * The one number that an experiment's chance comes from. Each part of the experiment draws from a child named after it,
 * so that a part added or left out does not move the draws of the others.
 *
 * @param value any number
 */
public record Seed(long value) {

    /** Returns the seed of that value. */
    public static Seed of(long value) {
        return new Seed(value);
    }

    /** Returns the seed of the part of that name. */
    public Seed child(String part) {
        Check.given("part", part);
        // The value is mixed before the first letter: else 1's child "a" were 2's child "b".
        long hash = mix(~value);
        for (int i = 0; i < part.length(); i++) {
            hash = mix(hash ^ part.charAt(i));
        }
        return new Seed(mix(hash + part.length()));
    }

    /** Returns the seed of the part of that number, an epoch say. */
    public Seed child(long part) {
        return new Seed(mix(mix(value) ^ part));
    }

    /** Returns a generator that starts from this seed. */
    public SplittableRandom random() {
        return new SplittableRandom(value);
    }

    /** Returns the numbers 0 to {@code size} − 1 in random order (Fisher and Yates). */
    public int[] permutation(int size) {
        Check.that(size >= 0, "size (%d) must be 0 or more", size);
        Check.that(size < Integer.MAX_VALUE - 8, "size (%d) is more than an array holds", size);
        int[] order = new int[size];
        SplittableRandom random = random();
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The finaliser of SplitMix64: each bit in reaches every bit out. */
    private static long mix(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
