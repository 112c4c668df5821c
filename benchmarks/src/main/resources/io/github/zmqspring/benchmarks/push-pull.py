# As push-pull.c, on pyzmq: the receiver in a process of its own, as threads of Python share one lock.
import os
import resource
import sys
import time

import zmq

size, warm_up, millis = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
pull = zmq.Context().socket(zmq.PULL)
port = pull.bind_to_random_port("tcp://127.0.0.1")
child = os.fork()
if child == 0:
    push = zmq.Context().socket(zmq.PUSH)
    push.connect("tcp://127.0.0.1:%d" % port)
    message = b"x" * size
    while os.getppid() != 1:
        for i in range(1000):
            push.send(message)
    os._exit(0)


def cpu():
    with open("/proc/%d/stat" % child) as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + used.ru_utime + used.ru_stime


def receive(seconds):
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for i in range(100):
            pull.recv()
        count += 100
    return count


receive(warm_up / 1000)
start, used = time.monotonic(), cpu()
count = receive(millis / 1000)
print(count / (time.monotonic() - start), count / max(cpu() - used, 0.01), flush=True)
os.kill(child, 9)
os._exit(0)
