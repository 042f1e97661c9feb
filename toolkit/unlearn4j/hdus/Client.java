package unlearn4j.hdus;

import unlearn4j.core.Check;
import unlearn4j.data.Images;

/**
 * A client before training: paper A's a_i.
 *
 * @param name what it is called, {@code "client-1"} say
 * @param images its local data, D_i^loc
 * @param reference what its seed is distilled on, X_i^ref: images of the same shape, whose labels are not looked at
 */
public record Client(String name, Images images, Images reference) {

    /** Makes a client. */
    public Client {
        Check.that(name != null && !name.isBlank(), "a client's name (%s) must not be blank", name);
        Check.given("images of " + name, images);
        Check.given("reference images of " + name, reference);
        Check.that(
                reference.shape().equals(images.shape()),
                "reference images of %s do not fit %s, whose images are %s",
                reference.shape(),
                name,
                images.shape());
        Check.that(
                reference.classes() == images.classes(),
                "reference images of %d classes do not fit %s, whose images " + "are of %d",
                reference.classes(),
                name,
                images.classes());
        Check.that(
                reference.size() >= 2, "%s has %d reference images, its seed needs 2 or more", name, reference.size());
    }
}
