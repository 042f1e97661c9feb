package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;

/** A client may make something else of the images that it is dealt. */
class ClientImagesTest {
    private static final Clients HONEST = Clients.of(TinyImages.dataset(4, 12, 8))
            .count(3)
            .classesEach(3)
            .reference(8)
            .seed(5);
    private static final Clients FLIPS =
            HONEST.images("client-2", images -> images.relabelled((row, label) -> 3 - label));

    private static List<String> learned(Clients clients) {
        return clients.list().stream().map(client -> client.images().sha256()).toList();
    }

    @Test
    void theOneLearnsFromOthersAndTheRestFromWhatTheyWereDealt() {
        List<Images> dealt = HONEST.partition().shards();
        assertThat(learned(FLIPS))
                .containsExactly(
                        dealt.get(0).sha256(),
                        dealt.get(1).relabelled((row, label) -> 3 - label).sha256(),
                        dealt.get(2).sha256());
        assertThat(FLIPS.list().get(1).images().name()).isEqualTo("client-2");
        assertThat(FLIPS.partition().shards().get(1).sha256())
                .isEqualTo(dealt.get(1).sha256());
        assertThat(FLIPS).asString().contains("images changed by client-2");
    }

    @Test
    void whoNeverWasChangesNothing() {
        assertThat(learned(FLIPS.without("client-2"))).isEqualTo(learned(HONEST.without("client-2")));
        assertThat(learned(FLIPS.count(3).seed(5))).isEqualTo(learned(FLIPS));
    }

    @Test
    void aWrongCallIsRefused() {
        assertThatThrownBy(() -> HONEST.images("client-4", images -> images))
                .hasMessage("there is no client named client-4: the clients are client-1 to client-3");
        assertThatThrownBy(() -> HONEST.images("client-1", null)).hasMessage("change must be given, not null");
        assertThatThrownBy(() -> HONEST.images("client-1", images -> null).list())
                .hasMessage("images of client-1 must be given, not null");
        assertThatThrownBy(() -> HONEST.images("client-1", images -> TinyImages.of(4, 3, 9))
                        .list())
                .hasMessage(
                        "client-1 makes of its images those of 1×9×9 and 4 classes, not of 1×8×8 and 4 as tiny has them");
    }
}
