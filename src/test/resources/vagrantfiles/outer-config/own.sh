#!/bin/sh
echo own.sh
