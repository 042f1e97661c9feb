/**
 * Heterogeneous decentralised unlearning with seed models (paper A): clients train main models of their own, distil
 * small seed models from them, and exchange those; forgetting a client is removing its seed from its neighbours'
 * ensembles. {@link unlearn4j.hdus.Hdus} is the front door:
 *
 * <pre>{@code
 * var network = Hdus.over(Clients.of(data).count(6).seed(7)).mainModels(ResNet.MEDIUM).seedModel(ResNet.SMALL).train();
 * network.evaluate();                                                      // a row for each client
 * network.forget("client-4");                                              // exact and at once
 * }</pre>
 *
 * <p>What paper A compares it with is built in the same way: {@link unlearn4j.hdus.Isgd}, {@link unlearn4j.hdus.SisaA},
 * {@link unlearn4j.hdus.FedUnl} and {@link unlearn4j.hdus.Dsgd}; one's own is a {@link unlearn4j.hdus.Baseline}.
 */
package unlearn4j.hdus;
