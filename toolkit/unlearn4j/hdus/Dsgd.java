package unlearn4j.hdus;

import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Check;

/**
 * Sets up and trains decentralised SGD (Koloskova et al. 2020, Algorithm 1; paper A's DSGD, §IV.A): clients with one kind
 * of model train locally and average their weights with their neighbours'. The averages' weights are those of Metropolis
 * and Hastings. An interrupted {@link #train} can be called again and goes on from the last finished epoch.
 */
public final class Dsgd extends InRounds<Dsgd> {
    private Topology topology = Topology.complete();
    private DsgdNetwork network;

    private Dsgd(Clients clients) {
        super(clients);
    }

    /**
     * Begins with everyone a neighbour of everyone, as paper A has it (§IV.B).
     *
     * @param clients who has which images, 2 clients or more
     */
    public static Dsgd over(Clients clients) {
        return new Dsgd(clients);
    }

    /** Sets who is whose neighbour. */
    public Dsgd topology(Topology value) {
        untrained();
        topology = Check.given("topology", value);
        return this;
    }

    @Override
    Dsgd self() {
        return this;
    }

    @Override
    boolean begun() {
        return network != null;
    }

    /**
     * Trains all clients together.
     *
     * @return the network; forgetting a client trains those who stay anew
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public Framework train() {
        if (network == null) {
            List<Client> all = clients.list();
            Map<String, Set<String>> neighbours =
                    topology.neighbours(all.stream().map(Client::name).toList(), clients.seed());
            network = new DsgdNetwork(config, all, neighbours, clients.seed());
        }
        network.train();
        return network;
    }

    @Override
    public String toString() {
        return super.toString() + ", topology " + topology;
    }
}
