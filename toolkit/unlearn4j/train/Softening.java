package unlearn4j.train;

/** Whose outputs the temperature of a distillation softens (paper A, Eq. 1). */
public enum Softening {
    /**
     * The teacher's alone, as Eq. 1 is printed: L = KL(σ_T(f(θ, x)) ‖ σ_1(f(θ^seed, x))). The student learns the softened
     * probabilities themselves, and answers with them.
     */
    TEACHER,
    /**
     * The teacher's and the student's, as in Hinton et al. 2015: L = T² KL(σ_T(f(θ, x)) ‖ σ_T(f(θ^seed, x))). The student
     * learns the teacher's logits up to a constant; T² keeps the gradient's size whatever T is.
     */
    BOTH
}
