package unlearn4j.hdus;

import java.util.LinkedHashMap;
import java.util.Map;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What was sent between devices, by phase: a message is one model's parameters, or a request to forget. */
public final class Traffic {
    private final Map<String, long[]> phases = new LinkedHashMap<>();
    private long served;

    Traffic() {}

    /** Goes on from sums that {@link #sums} returned. */
    Traffic(Map<String, long[]> sums) {
        sums.forEach((phase, sum) -> phases.put(phase, sum.clone()));
    }

    /** Returns messages and bytes by phase. */
    synchronized Map<String, long[]> sums() {
        Map<String, long[]> sums = new LinkedHashMap<>();
        phases.forEach((phase, sum) -> sums.put(phase, sum.clone()));
        return sums;
    }

    /** Notes messages of that many bytes each. */
    synchronized void sent(String phase, long messages, long bytesEach) {
        long[] sums = phases.computeIfAbsent(phase, name -> new long[2]);
        sums[0] += messages;
        sums[1] += messages * bytesEach;
    }

    /** Notes messages of that many bytes each, from a server or to it. */
    synchronized void served(String phase, long messages, long bytesEach) {
        sent(phase, messages, bytesEach);
        served += messages;
    }

    /** Returns how many messages a server sent or received; all others went from client to client. */
    public synchronized long throughServer() {
        return served;
    }

    /** Returns how many messages were sent. */
    public synchronized long messages() {
        return phases.values().stream().mapToLong(sums -> sums[0]).sum();
    }

    /** Returns how many bytes they had. */
    public synchronized long bytes() {
        return phases.values().stream().mapToLong(sums -> sums[1]).sum();
    }

    /** Returns a row for each phase: its messages and their bytes. */
    public synchronized Table table() {
        Table table = Table.create(
                "Traffic", StringColumn.create("phase"), IntColumn.create("messages"), LongColumn.create("bytes"));
        phases.forEach((phase, sums) -> {
            table.stringColumn(0).append(phase);
            table.intColumn(1).append(Math.toIntExact(sums[0]));
            table.longColumn(2).append(sums[1]);
        });
        return table;
    }

    @Override
    public String toString() {
        return messages() + " messages, " + bytes() + " bytes";
    }
}
