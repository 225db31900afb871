#!/bin/sh
echo ready.sh
