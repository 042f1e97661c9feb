/**
 * Heterogeneous decentralised unlearning with seed models (paper A): clients train main models of their own, distil small
 * seed models from them, and exchange those; forgetting a client is removing its seed from its neighbours' ensembles.
 *
 * <p>The front door is {@link unlearn4j.hdus.Hdus}:
 *
 * <pre>{@code
 * var clients = Clients.of(Datasets.fashionMnist()).count(6).classesEach(9).reference(10_000).seed(7);
 * var network = Hdus.over(clients).lambda(0.7).train();
 * network.forget("client-4");
 * }</pre>
 *
 * <p>What it is compared with are {@link unlearn4j.hdus.Isgd}, {@link unlearn4j.hdus.SisaA},
 * {@link unlearn4j.hdus.FedUnl}, {@link unlearn4j.hdus.Dsgd}, and one's own {@link unlearn4j.hdus.Baseline}.
 */
package unlearn4j.hdus;
