/** What a start needs: files that come along, slots, news, and the preparation of a sample. */
package dev.corral.core.operation.start;
