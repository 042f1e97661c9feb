package unlearn4j.hdus;

import unlearn4j.data.Images;

/**
 * A client before training: paper A's a_i.
 *
 * @param name what it is called, {@code "client-1"} say
 * @param images its local data, D_i^loc
 */
public record Client(String name, Images images) {
}
