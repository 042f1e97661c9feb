/**
 * Heterogeneous decentralised unlearning with seed models (paper A): clients train main models of their own, distil small
 * seed models from them, and exchange those; forgetting a client is removing its seed from its neighbours' ensembles.
 */
package unlearn4j.hdus;
