package unlearn4j.store;

import com.google.gson.JsonArray;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A line of the ledger.
 *
 * @param number its place, from 1
 * @param at when it was entered, in ISO 8601
 * @param kind what it says
 * @param request the id of the request that it belongs to, empty for none
 * @param node the node, empty for none
 * @param before the hash of the node's file before; empty for none
 * @param after the hash of the node's file after; empty for none
 * @param scaled how many parameters were scaled
 * @param note the request, or why it was refused
 * @param version what entered it
 * @param seal the SHA-256 of all these and of the seal before: an entry that is edited breaks it
 */
record Entry(
        long number,
        String at,
        Kind kind,
        String request,
        String node,
        String before,
        String after,
        long scaled,
        String note,
        String version,
        String seal) {

    /** What an entry says. */
    enum Kind {
        /** A node's model is in the store. */
        STORED,
        /** A node's model FIM was estimated. */
        ESTIMATED,
        /** A request came. */
        ASKED,
        /** It is planned: from here on models change. */
        BEGUN,
        /** A node's file is about to be replaced. */
        CHANGING,
        /** It is replaced. */
        CHANGED,
        /** All is done. */
        MET,
        /** Nothing is done, and why. */
        REFUSED
    }

    /** Returns an entry without its place, time, version and seal, which the ledger gives it. */
    static Entry of(Kind kind, String request, String node, String before, String after, long scaled, String note) {
        return new Entry(0, "", kind, request, node, before, after, scaled, note, "", "");
    }

    /** Returns this entry behind another. */
    Entry behind(String lastSeal, long place, String time, String by) {
        Entry open = new Entry(place, time, kind, request, node, before, after, scaled, note, by, "");
        return new Entry(place, time, kind, request, node, before, after, scaled, note, by, open.sealBehind(lastSeal));
    }

    /** Returns the seal that it has behind another's. */
    String sealBehind(String lastSeal) {
        JsonArray all = new JsonArray();
        all.add(lastSeal);
        all.add(number);
        for (String word : new String[] {at, kind.name(), request, node, before, after, note, version}) {
            all.add(word);
        }
        all.add(scaled);
        return DigestUtils.sha256Hex(all.toString());
    }
}
