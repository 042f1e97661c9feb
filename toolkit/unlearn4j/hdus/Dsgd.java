package unlearn4j.hdus;

import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Check;

/**
 * Sets up and trains decentralised SGD (Koloskova et al. 2020, Algorithm 1; paper A's DSGD, §IV.A): clients with one kind
 * of model train locally and average their weights with their neighbours'. The averages' weights are those of Metropolis
 * and Hastings. A value; each setting returns a changed copy. An interrupted {@link #train} can be called again on the same
 * object and goes on from the last finished epoch.
 */
public final class Dsgd extends InRounds<Dsgd> {
    private final Topology topology;
    /** What an interrupted {@link #train} goes on with. */
    private DsgdNetwork begun;

    private Dsgd(Clients clients, RoundsConfig config, Topology topology) {
        super(clients, config);
        this.topology = Check.given("topology", topology);
    }

    /**
     * Begins with clients in a ring. In paper A everyone talks to everyone (§IV.B); but where everyone is everyone's
     * neighbour and all have equally many images, each average is the mean over all, and DSGD is FedAvg without the server:
     * the very model that FedUnl trains. So it is in a ring of three.
     *
     * @param clients who has which images, 2 clients or more
     */
    public static Dsgd over(Clients clients) {
        return new Dsgd(clients, RoundsConfig.paper(), Topology.ring());
    }

    /** Returns a copy with that topology; what is random in it is drawn from the clients' seed. */
    public Dsgd topology(Topology value) {
        return new Dsgd(clients, config, value);
    }

    @Override
    Dsgd with(RoundsConfig changed) {
        return new Dsgd(clients, changed, topology);
    }

    /**
     * Trains all clients together.
     *
     * @return a network of its own at each call; forgetting a client trains those who stay anew
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public Framework train() {
        if (begun == null) {
            List<Client> all = clients.list();
            Map<String, Set<String>> neighbours =
                    topology.neighbours(all.stream().map(Client::name).toList(), clients.seed());
            begun = new DsgdNetwork(config, all, neighbours, clients.seed());
        }
        DsgdNetwork network = begun;
        network.train();
        begun = null;
        return network;
    }

    @Override
    public String toString() {
        return super.toString() + ", topology " + topology;
    }
}
