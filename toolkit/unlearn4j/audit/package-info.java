/** What a model that was made to forget still knows. */
package unlearn4j.audit;
