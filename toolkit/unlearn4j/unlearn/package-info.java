/** Methods that make a graph of models forget, one class each, and what they leave behind. */
package unlearn4j.unlearn;
