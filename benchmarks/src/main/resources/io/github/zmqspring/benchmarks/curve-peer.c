/* PUSH to PULL over tcp with CURVE, both ends in libzmq: prints messages a second, and for each second of processor time. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

static volatile int stopped;
static volatile long count;
static size_t size;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static double cpu(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void *send_all(void *socket)
{
    char *message = calloc(1, size);
    while (!stopped)
        zmq_send(socket, message, size, 0);
    return NULL;
}

static void *receive_all(void *socket)
{
    zmq_msg_t message;
    zmq_msg_init(&message);
    while (!stopped)
        if (zmq_msg_recv(&message, socket, 0) >= 0)
            count++;
    zmq_msg_close(&message);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 4 || !zmq_has("curve"))
        return 2;
    size = atol(argv[1]);
    char server_public[41], server_secret[41], client_public[41], client_secret[41], endpoint[256];
    zmq_curve_keypair(server_public, server_secret);
    zmq_curve_keypair(client_public, client_secret);
    void *context = zmq_ctx_new();
    void *in = zmq_socket(context, ZMQ_PULL), *out = zmq_socket(context, ZMQ_PUSH);
    int timeout = 200, none = 0, yes = 1;
    zmq_setsockopt(in, ZMQ_RCVTIMEO, &timeout, sizeof timeout);
    zmq_setsockopt(out, ZMQ_SNDTIMEO, &timeout, sizeof timeout);
    zmq_setsockopt(out, ZMQ_LINGER, &none, sizeof none);
    zmq_setsockopt(in, ZMQ_CURVE_SERVER, &yes, sizeof yes);
    zmq_setsockopt(in, ZMQ_CURVE_SECRETKEY, server_secret, 41);
    zmq_setsockopt(out, ZMQ_CURVE_SERVERKEY, server_public, 41);
    zmq_setsockopt(out, ZMQ_CURVE_PUBLICKEY, client_public, 41);
    zmq_setsockopt(out, ZMQ_CURVE_SECRETKEY, client_secret, 41);
    size_t length = sizeof endpoint;
    if (zmq_bind(in, "tcp://127.0.0.1:*") || zmq_getsockopt(in, ZMQ_LAST_ENDPOINT, endpoint, &length)
            || zmq_connect(out, endpoint))
        return 1;
    pthread_t sender, receiver;
    pthread_create(&receiver, NULL, receive_all, in);
    pthread_create(&sender, NULL, send_all, out);
    usleep(atol(argv[2]) * 1000);
    long before = count;
    double start = seconds(), used = cpu();
    usleep(atol(argv[3]) * 1000);
    double arrived = count - before;
    printf("%f %f\n", arrived / (seconds() - start), arrived / (cpu() - used));
    fflush(stdout);
    stopped = 1;
    _exit(0);
}
