# What every PythonPeer script finds ready: the imports, ctx, say() and hear(). Run with -c; the script is the first
# argument, so that the line numbers of its tracebacks are its own.
import json, linecache, os, queue, struct, sys, threading, time, traceback

import zmq

_ORPHANED = 86
_heard = queue.Queue()


def _listen():
    # os.read and not sys.stdin: a thread blocked in a buffered reader aborts the interpreter as it shuts down
    rest = b""
    while True:
        try:
            data = os.read(0, 65536)
        except OSError:
            data = b""
        if not data:
            # whoever started this peer is gone
            os._exit(_ORPHANED)
        *whole, rest = (rest + data).split(b"\n")
        for line in whole:
            _heard.put(line.decode("utf-8"))


# a handler of a signal may speak while the line before is on its way
_saying = threading.RLock()


def say(*words):
    """Prints one line and flushes it; whole also when several threads speak."""
    line = (" ".join(map(str, words)) + "\n").encode("utf-8")
    with _saying:
        while line:
            line = line[os.write(1, line):]


def hear(timeout=None):
    """Waits for the next line that the test tells; queue.Empty after the timeout (seconds), if there is one."""
    return _heard.get(timeout=timeout)


def _finish():
    # what was sent gets a second to leave; sockets of a daemon thread may be in use, they are left to the exit
    others = [t for t in threading.enumerate() if t not in (threading.main_thread(), _listener)]
    for other in others:
        if not other.daemon:
            other.join()
    if not any(t.daemon for t in others):
        ctx.destroy(linger=1000)


_script = sys.argv[1]
sys.argv = ["peer.py"] + sys.argv[2:]
linecache.cache["peer.py"] = (len(_script), None, _script.splitlines(True), "peer.py")
ctx = zmq.Context()
_listener = threading.Thread(target=_listen, name="stdin", daemon=True)
_listener.start()
try:
    exec(compile(_script, "peer.py", "exec"), globals())
except SystemExit:
    _finish()
    raise
except BaseException as ex:
    frames = ex.__traceback__.tb_next if ex.__traceback__ else None
    traceback.print_exception(type(ex), ex, frames)
    sys.stderr.flush()
    sys.stdout.flush()
    # at once: sockets with unsent messages must not keep a failed peer alive
    os._exit(130 if isinstance(ex, KeyboardInterrupt) else 1)
_finish()
