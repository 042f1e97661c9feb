/**
 * How an experiment shows what it found and keeps it: charts in one style, pictures of inheritance graphs, tables, and
 * results on disk with the record of what made them.
 */
package unlearn4j.report;
