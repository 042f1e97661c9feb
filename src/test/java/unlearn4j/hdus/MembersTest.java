package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import unlearn4j.core.Seed;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Weights;

/** Joins and departures in any order, on networks whose models need no training. */
class MembersTest {
    private static final int SEQUENCES = 50;

    @ParameterizedTest
    @EnumSource(Combination.class)
    void afterAnySequenceAnswersAreThoseOfANetworkOfThoseWhoRemain(Combination combination) {
        ModelOutputs asked = new ModelOutputs(UntrainedNetworks.test());
        Map<String, Weights> untouched = new LinkedHashMap<>();
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            SplittableRandom random = Seed.of(sequence).child("sequence").random();
            Members lived = new Members(new Traffic());
            Map<String, Set<String>> neighbours = new LinkedHashMap<>();
            int joins = 0;
            for (int step = 0; step < 4 + random.nextInt(12); step++) {
                List<String> present = lived.names();
                if (present.size() > 1 && random.nextInt(3) == 0) {
                    String leaving = present.get(random.nextInt(present.size()));
                    network(lived, combination).forget(leaving);
                    neighbours.remove(leaving);
                } else {
                    String name = "client-" + ++joins;
                    List<String> chosen = present.stream()
                            .filter(other -> random.nextInt(4) > 0)
                            .toList();
                    UntrainedNetworks.admit(lived, name, chosen);
                    neighbours.put(name, new HashSet<>(chosen));
                    untouched.putIfAbsent(
                            name, UntrainedNetworks.model(name + " main").weights());
                }
            }
            Members built = new Members(new Traffic());
            neighbours.forEach((name, chosen) -> {
                List<String> present = new ArrayList<>(built.names());
                present.retainAll(chosen);
                UntrainedNetworks.admit(built, name, present);
            });
            assertThat(lived.names()).isEqualTo(built.names());
            for (String client : built.names()) {
                assertThat(network(lived, combination)
                                .ensemble(client)
                                .outputs(asked)
                                .values())
                        .as("%s of sequence %d", client, sequence)
                        .isEqualTo(network(built, combination)
                                .ensemble(client)
                                .outputs(asked)
                                .values());
            }
        }
        assertThat(untouched).hasSizeGreaterThan(5).allSatisfy((name, weights) -> assertThat(
                        UntrainedNetworks.model(name + " main").weights())
                .isEqualTo(weights));
    }

    private static HdusNetwork network(Members members, Combination combination) {
        return UntrainedNetworks.network(members, combination);
    }

    private static Members complete(String... names) {
        Members members = new Members(new Traffic());
        for (String name : names) {
            UntrainedNetworks.admit(members, name, members.names());
        }
        return members;
    }

    @Test
    void whoeverIsLeftWithoutSeedsAnswersByItsMainModelAlone() {
        Members members = complete("a", "b");
        HdusNetwork network = network(members, Combination.PROBABILITIES);
        network.forget("a");
        assertThat(network.repository("b")).isEmpty();
        assertThat(network.outputs("b", UntrainedNetworks.test()).values())
                .isEqualTo(Evaluator.logits(network.mainModel("b"), UntrainedNetworks.test())
                        .softmax(1)
                        .values());
    }

    @Test
    void onlyNeighboursReceiveASeedAndOnlyTheyAreAskedToForgetIt() {
        Members members = complete("a", "b");
        UntrainedNetworks.admit(members, "c", List.of("b"));
        HdusNetwork network = network(members, Combination.PROBABILITIES);
        assertThat(network.repository("a")).extracting(SeedModel::owner).containsExactly("b");
        assertThat(network.repository("b")).extracting(SeedModel::owner).containsExactly("a", "c");
        assertThat(network.forget("c").done()).containsEntry("seed removed from", "b");
        assertThat(network.repository("b")).extracting(SeedModel::owner).containsExactly("a");
    }

    @Test
    void trafficCountsEachMessageAndItsBytes() {
        Members members = complete("a", "b", "c");
        HdusNetwork network = network(members, Combination.PROBABILITIES);
        long seed = network.seedModel("a").bytes();
        // Four classes fit a byte; ResNet8's numbers are 4 bytes each.
        assertThat(seed).isEqualTo(network.seedModel("a").model().bytes() + 1);
        network.forget("b");
        assertThat(network.traffic().table().stringColumn("phase").asList())
                .containsExactly("exchange of seeds", "forgetting");
        // Each of three sends to two; two are asked to forget: one byte of name and 32 of a hash.
        assertThat(network.traffic().table().intColumn("messages").asList()).containsExactly(6, 2);
        assertThat(network.traffic().table().longColumn("bytes").asList()).containsExactly(6 * seed, 2 * 33L);
    }

    @Test
    void aReaderSeesEachDepartureWhollyOrNotAtAll() throws Exception {
        int clients = 12;
        Members members = complete(
                IntStream.range(0, clients).mapToObj(i -> "client-" + i).toArray(String[]::new));
        HdusNetwork network = network(members, Combination.PROBABILITIES);
        AtomicLong reads = new AtomicLong();
        AtomicBoolean stop = new AtomicBoolean();
        Callable<Set<Integer>> reading = () -> {
            Set<Integer> sizes = new HashSet<>();
            while (!stop.get()) {
                List<Members.Member> seen = members.all();
                List<String> names =
                        seen.stream().map(member -> member.client().name()).toList();
                for (Members.Member member : seen) {
                    List<String> others = new ArrayList<>(names);
                    others.remove(member.client().name());
                    assertThat(member.repository().stream()
                                    .map(SeedModel::owner)
                                    .toList())
                            .isEqualTo(others);
                }
                assertThat(network.repository("client-0").size()).isLessThan(names.size());
                sizes.add(names.size());
                reads.incrementAndGet();
            }
            return sizes;
        };
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Set<Integer>>> futures = List.of(readers.submit(reading), readers.submit(reading));
            for (int leaving = clients - 1; leaving > 0; leaving--) {
                // Of three reads by two readers one has begun after the last departure. A reader that failed says so
                // below.
                long target = reads.get() + 3;
                while (reads.get() < target && futures.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
                network.forget("client-" + leaving);
            }
            stop.set(true);
            Set<Integer> sizes = new HashSet<>();
            for (Future<Set<Integer>> future : futures) {
                sizes.addAll(future.get());
            }
            assertThat(sizes)
                    .containsAll(IntStream.rangeClosed(2, clients).boxed().toList());
        } finally {
            stop.set(true);
            readers.shutdown();
        }
        assertThat(network.clients()).containsExactly("client-0");
        assertThat(network.repository("client-0")).isEmpty();
    }

    @Test
    void anEnsembleThatBeganToAnswerEndsWithTheSeedsItBeganWith() {
        Members members = complete("a", "b", "c");
        HdusNetwork network = network(members, Combination.PROBABILITIES);
        Ensemble before = network.ensemble("a");
        network.forget("b");
        assertThat(before.seeds()).extracting(SeedModel::owner).containsExactly("b", "c");
        assertThat(network.ensemble("a").seeds()).extracting(SeedModel::owner).containsExactly("c");
    }

    @Test
    void aViewWithAnotherLambdaForgetsWithTheNetwork() {
        HdusNetwork network = network(complete("a", "b", "c"), Combination.PROBABILITIES);
        HdusNetwork view = network.withLambda(0).withCombination(Combination.LOGITS);
        assertThat(view.outputs("a", UntrainedNetworks.test()).values())
                .isEqualTo(Evaluator.logits(network.mainModel("a"), UntrainedNetworks.test())
                        .values());
        network.forget("b");
        assertThat(view.clients()).containsExactly("a", "c");
        assertThat(view.repository("a")).extracting(SeedModel::owner).containsExactly("c");
    }
}
