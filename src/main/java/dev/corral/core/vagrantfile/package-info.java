/** What a Vagrantfile means: Vagrant itself is asked, and the answer is remembered. */
package dev.corral.core.vagrantfile;
