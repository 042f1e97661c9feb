package unlearn4j.hdus;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;

/** The clients' models at a server, which answer together, the same for all clients. */
public final class SisaEnsemble extends Baseline<SisaEnsemble.Member> {
    private final Combination combination;
    private final boolean checkpoints;

    /**
     * A client's model at the server.
     *
     * @param shard what it is trained from, null if nobody knows
     * @param snapshot what answers
     * @param known the classes of which the client has images
     * @param trained whether that is trained on at least one slice
     */
    record Member(Shard shard, Snapshot snapshot, Labels known, boolean trained) {

        /** Returns what a shard's model is now. */
        static Member of(Shard shard) {
            return new Member(shard, shard.snapshot(), shard.known(), shard.slicesTrained() > 0);
        }
    }

    SisaEnsemble(Map<String, Member> members, Combination combination, boolean checkpoints) {
        super("SISA-A", members);
        this.combination = combination;
        this.checkpoints = checkpoints;
        members.values().forEach(member -> sent("models to the server", member));
    }

    private void sent(String phase, Member member) {
        traffic.served(phase, 1, member.snapshot.model().bytes());
    }

    /** Returns the mean of the models' outputs; a model that has to begin anew is left out meanwhile, if others are there. */
    @Override
    public Outputs outputs(String client, Images images) {
        answer(client);
        List<Member> all = List.copyOf(answers().values());
        List<Member> trained = all.stream().filter(Member::trained).toList();
        List<Member> asked = trained.isEmpty() ? all : trained;
        List<Outputs> outputs = asked.stream()
                .map(member -> Evaluator.logits(member.snapshot.model(), images))
                .map(logits -> combination == Combination.LOGITS ? logits : logits.softmax(1))
                .toList();
        if (combination == Combination.KNOWN_CLASSES) {
            // At this λ Eq. 2 weighs all alike.
            double alike = (asked.size() - 1.0) / asked.size();
            return Ensemble.combineKnown(
                    outputs, asked.stream().map(Member::known).toList(), alike);
        }
        return Ensemble.combine(outputs.get(0), outputs, 1);
    }

    @Override
    Map<String, Member> depart(String client, Map<String, Member> staying) {
        requestedAtServer(client);
        return staying;
    }

    @Override
    Map<String, String> unlearn(String client) {
        return Map.of("models deleted at the server", "that of " + client);
    }

    /**
     * Forgets single images of a client, exactly: its model goes back to the checkpoint before the first slice that holds
     * one of them, is trained on from there without them, and is sent to the server again. It is then bit for bit the
     * model of a client that never had them. Meanwhile that checkpoint answers.
     *
     * @param client whose images they are
     * @param rows the images' rows in the data set, as {@link Images#row} gives them
     * @return what was done
     * @throws IllegalArgumentException if there is no such client, a row is not among its images, or too few are left;
     *     nothing is changed
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public Receipt forgetImages(String client, int... rows) {
        Shard shard = answer(client).shard;
        Check.given("rows", rows);
        Check.that(rows.length > 0, "rows must not be empty: name at least one image of %s", client);
        Check.that(
                shard != null,
                "%s comes from a trained network and has no checkpoints: train with SisaA.over(clients)",
                client);
        long start = System.nanoTime();
        shard.delete(Arrays.stream(rows).boxed().toList());
        int kept = shard.slicesTrained();
        long images = shard.imagesToGo();
        publish(client, Member.of(shard));
        try (Progress progress = Screen.current().progress("training " + client + " anew", images, "images")) {
            shard.train(progress.part(client, 0));
        }
        Member renewed = Member.of(shard);
        publish(client, renewed);
        sent("models to the server again", renewed);
        Map<String, String> done = new LinkedHashMap<>();
        done.put("images forgotten", "" + rows.length);
        done.put("images left", "" + shard.size());
        done.put("trained on from", kept == 0 ? "the beginning" : "the checkpoint after slice " + kept);
        return new Receipt(name(), client, done, (System.nanoTime() - start) / 1e9);
    }

    private void publish(String client, Member member) {
        Map<String, Member> next = new LinkedHashMap<>(answers());
        next.put(client, member);
        publish(next);
    }

    /** The checkpoints that clients keep beside the models that answer, none without slices. */
    @Override
    public long history() {
        return answers().values().stream()
                .filter(member -> member.shard != null)
                .mapToLong(member -> member.shard.history())
                .sum();
    }

    /**
     * All but the absence of a server and, with slices, of history. Paper A's Table I denies the original SISA more: it
     * forgets images, where SISA-A has a client as a shard; it keeps checkpoints, which forgetting a client does not need;
     * and its models are of one shape, though a mean of outputs takes any.
     */
    @Override
    public Set<Feature> features() {
        Set<Feature> features = EnumSet.complementOf(EnumSet.of(Feature.NO_SERVER));
        if (checkpoints) {
            features.remove(Feature.NO_HISTORY);
        }
        return features;
    }
}
