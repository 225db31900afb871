#!/bin/sh
echo worker.sh
