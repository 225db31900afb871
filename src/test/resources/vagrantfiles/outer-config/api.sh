#!/bin/sh
echo api.sh
