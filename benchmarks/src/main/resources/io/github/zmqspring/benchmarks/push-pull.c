/* PUSH to PULL over tcp in one process, the tightest loops on libzmq: prints messages a second, and for each second of processor time. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

static char endpoint[256];
static size_t size;
static volatile long received;

static void *send_all(void *unused) {
	void *socket = zmq_socket(zmq_ctx_new(), ZMQ_PUSH);
	char *message = calloc(1, size ? size : 1);
	zmq_connect(socket, endpoint);
	for (;;) {
		zmq_send(socket, message, size, 0);
	}
	return unused;
}

static void *receive_all(void *socket) {
	zmq_msg_t message;
	zmq_msg_init(&message);
	for (;;) {
		if (zmq_msg_recv(&message, socket, 0) >= 0) {
			received++;
		}
	}
	return NULL;
}

static double wall(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

static double cpu(void) {
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv) {
	if (argc != 4) {
		return 2;
	}
	size = strtoul(argv[1], NULL, 10);
	void *pull = zmq_socket(zmq_ctx_new(), ZMQ_PULL);
	zmq_bind(pull, "tcp://127.0.0.1:*");
	size_t length = sizeof endpoint;
	zmq_getsockopt(pull, ZMQ_LAST_ENDPOINT, endpoint, &length);
	pthread_t thread;
	pthread_create(&thread, NULL, receive_all, pull);
	pthread_create(&thread, NULL, send_all, NULL);
	usleep(atol(argv[2]) * 1000);
	long count = received;
	double start = wall(), used = cpu();
	usleep(atol(argv[3]) * 1000);
	count = received - count;
	printf("%f %f\n", count / (wall() - start), count / (cpu() - used));
	fflush(stdout);
	_exit(0);
}
