/** Kills Corral and Vagrant at random moments and checks that nothing is lost and nothing living is touched. */
package dev.corral.chaos;
