/** Says what this machine lacks and how to mend it. */
package dev.corral.core.doctor;
