package unlearn4j.contract;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tech.tablesaw.api.Table;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;

/**
 * What a careful caller gives to nothing.
 *
 * @param words what it is
 * @param value the value
 * @param isNull whether it is null or holds null
 */
record BadValue(String words, Object value, boolean isNull) {
    private static final Map<Class<?>, List<Object>> EXTREMES = Map.of(
            int.class, List.of(0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE),
            long.class, List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE),
            double.class,
                    List.of(
                            Double.NaN,
                            Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY,
                            Double.MAX_VALUE,
                            Double.MIN_VALUE,
                            0.0,
                            -1.0),
            float.class, List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, 0f, -1f),
            String.class, List.of("", " ", "no such thing"),
            Labels.class, List.of(Labels.of(List.of()), Labels.of(99_999)),
            Table.class, List.of(Table.create("empty")));

    /** Returns the bad values for a parameter, made from a good one. */
    static List<BadValue> of(Class<?> type, Object good) {
        List<BadValue> bad = new ArrayList<>();
        if (!type.isPrimitive()) {
            bad.add(new BadValue("null", null, true));
        }
        EXTREMES.getOrDefault(type, List.of()).forEach(value -> bad.add(new BadValue(value.toString(), value, false)));
        if (good instanceof Images images && type == Images.class) {
            bad.add(new BadValue("no images", images.slice(0, 0), false));
        } else if (type.isArray()) {
            array(good, bad);
        } else if (good instanceof Map<?, ?> map) {
            bad.add(new BadValue("an empty map", new TreeMap<>(), false));
            if (!map.isEmpty()) {
                Map.Entry<?, ?> first = map.entrySet().iterator().next();
                bad.add(new BadValue("a null key", with(map, null, first.getValue()), true));
                bad.add(new BadValue("a null value", with(map, first.getKey(), null), true));
            }
        } else if (good instanceof Collection<?> values) {
            collection(values, bad);
        }
        return bad;
    }

    private static void collection(Collection<?> good, List<BadValue> bad) {
        boolean sorted = good instanceof SortedSet;
        bad.add(new BadValue("empty", sorted ? new TreeSet<>() : List.of(), false));
        for (Collection<?> before : List.of(good, List.of())) {
            Collection<Object> holed = sorted ? new TreeSet<>(nullsFirst()) : new ArrayList<>();
            holed.addAll(before);
            holed.add(null);
            bad.add(new BadValue("null behind " + before.size() + " others", holed, true));
        }
    }

    private static void array(Object good, List<BadValue> bad) {
        Class<?> of = good.getClass().getComponentType();
        int length = Array.getLength(good);
        bad.add(new BadValue("empty", Array.newInstance(of, 0), false));
        if (!of.isPrimitive()) {
            bad.add(new BadValue("null behind others", Arrays.copyOf((Object[]) good, length + 1), true));
            bad.add(new BadValue("null alone", Array.newInstance(of, 1), true));
        }
        for (Object extreme : EXTREMES.getOrDefault(of, List.of())) {
            Object changed = Array.newInstance(of, Math.max(1, length));
            System.arraycopy(good, 0, changed, 0, length);
            Array.set(changed, 0, extreme);
            bad.add(new BadValue(extreme + " in it", changed, false));
        }
    }

    private static Map<Object, Object> with(Map<?, ?> good, Object key, Object value) {
        Map<Object, Object> changed = good instanceof SortedMap ? new TreeMap<>(nullsFirst()) : new LinkedHashMap<>();
        changed.putAll(good);
        changed.put(key, value);
        return changed;
    }

    private static Comparator<Object> nullsFirst() {
        return Comparator.nullsFirst(Comparator.comparing(Object::toString));
    }

    @Override
    public String toString() {
        return words;
    }
}
