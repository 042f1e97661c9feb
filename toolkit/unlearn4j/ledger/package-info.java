/**
 * The {@link unlearn4j.ledger.Ledger}: every number of both papers beside what was measured here, and what measures it.
 * {@code kernel-setup/reproduce} runs it; from Java:
 *
 * <pre>{@code
 * Ledger ledger = Ledger.of(Path.of("reproduction"));
 * ledger.cells(Paper.FIUN, 9);                  // a row for each number that Table 9 prints
 * ledger.write();                               // README.md, a page for each table, cells.csv, a chart
 * }</pre>
 */
package unlearn4j.ledger;
