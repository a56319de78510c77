"""A web server on the loopback interface that has one file."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Web:
    def __init__(self, content):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                found = self.path == "/disk.raw"
                body = content if found else b"no such file"
                self.send_response(200 if found else 404)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        base = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{base}/disk.raw"
        self.missing = f"{base}/missing.raw"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
