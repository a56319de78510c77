"""Serves Keystone's API, configured by OS_KEYSTONE_CONFIG_FILES, on a port of the loopback
interface."""

import sys

import waitress

# Keystone reads the command line, too, when it is imported.
port = sys.argv.pop()

from keystone.wsgi.api import application  # noqa: E402

waitress.serve(application, listen=f"127.0.0.1:{port}", threads=8)
