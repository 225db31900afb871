"""Vagrant VMs as sandboxes for Inspect AI, run by Corral."""
