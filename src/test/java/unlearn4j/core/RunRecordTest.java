package unlearn4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunRecordTest {

    private static RunRecord record(List<Long> seeds, SortedMap<String, String> map) {
        return new RunRecord("tour", Scale.QUICK, seeds, map, map, map, "cpu", "abc-dirty", Instant.EPOCH, 1.5);
    }

    @Test
    void whatIsChangedAfterwardsDoesNotChangeTheRecord() {
        List<Long> seeds = new ArrayList<>(List.of(1L, 2L));
        SortedMap<String, String> settings = new TreeMap<>(Map.of("b", "2", "a", "1"));
        RunRecord record = record(seeds, settings);

        seeds.add(3L);
        settings.put("c", "3");

        assertThat(record.seeds()).containsExactly(1L, 2L);
        assertThat(List.of(record.data(), record.configuration(), record.versions()))
                .allSatisfy(map -> assertThat(map.keySet()).containsExactly("a", "b"));
    }

    @Test
    void aRecordCannotBeChanged() {
        RunRecord record = record(List.of(1L), new TreeMap<>());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> record.seeds().add(2L));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> record.data().put("a", "1"));
    }

    @Test
    void recordsOfOneRunAreEqual() {
        assertThat(record(List.of(1L), new TreeMap<>()))
                .isEqualTo(record(List.of(1L), new TreeMap<>()))
                .isNotEqualTo(record(List.of(2L), new TreeMap<>()));
    }
}
