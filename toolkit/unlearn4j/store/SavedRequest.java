package unlearn4j.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.umig.Request;

/**
 * A request as the ledger keeps it. Single images are kept as rows of the data set and by their hash, not themselves.
 *
 * @param text the request in words
 * @param parts the single requests that it is made of
 */
record SavedRequest(String text, List<Part> parts) {
    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    /** One of them: labels, images of a hash at rows, or a node's shard. */
    private record Part(String node, Collection<Integer> labels, String images, String sha256, int[] rows) {}

    static String json(Request request) {
        return JSON.toJson(new SavedRequest(
                request.toString(),
                request.single().stream().map(SavedRequest::part).toList()));
    }

    private static Part part(Request single) {
        if (single instanceof Request.BySamples by) {
            Images images = by.images();
            int[] rows = new int[images.size()];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = images.row(i);
            }
            return new Part(null, null, images.name(), images.sha256(), rows);
        }
        if (single instanceof Request.ByShard by) {
            return new Part(by.node(), List.copyOf(by.labels().values()), null, null, null);
        }
        return new Part(null, List.copyOf(single.labels().values()), null, null, null);
    }

    static SavedRequest of(String json) {
        return JSON.fromJson(json, SavedRequest.class);
    }

    /** Returns the request itself, of the images that the nodes were trained on. */
    Request request(Collection<Images> shards) {
        List<Request> single = parts.stream()
                .map(part -> part.sha256 != null
                        ? Request.samples(images(part, shards))
                        : part.node == null
                                ? Request.labels(Labels.of(part.labels))
                                : new Request.ByShard(part.node, Labels.of(part.labels)))
                .toList();
        return single.size() == 1 ? single.get(0) : new Request.Mixed(single);
    }

    private static Images images(Part part, Collection<Images> shards) {
        Images all = Images.union(new ArrayList<>(shards));
        Map<Integer, Integer> positions = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            positions.put(all.row(i), i);
        }
        int[] at = new int[part.rows.length];
        for (int i = 0; i < at.length; i++) {
            Integer position = positions.get(part.rows[i]);
            Check.that(position != null, "row %d of %s is not among the graph's images", part.rows[i], part.images);
            at[i] = position;
        }
        Images images = all.at(at).named(part.images);
        if (!images.sha256().equals(part.sha256)) {
            throw new DataException("the images of " + part.images + " are not those that were asked to be forgotten");
        }
        return images;
    }
}
