/**
 * A graph that lives in a folder, forgets there, and can show what it did. {@link unlearn4j.store.Store} is the front door:
 *
 * <pre>{@code
 * var store = Store.of(Path.of("my-store"), umig);                          // Store.open(folder, data), the next time
 * store.forget(Labels.of(3)).table();                                       // the receipt, from the ledger
 * store.verify();                                                           // what doesn't match the ledger
 * }</pre>
 */
package unlearn4j.store;
