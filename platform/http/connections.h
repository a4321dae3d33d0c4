/* Who is connected, how many of one address, and until when: libmicrohttpd alone would let a client that sends a byte
 * now and then stay for ever. One thread of its own cuts connections that are past their deadline. Any thread. */
#ifndef BANTIN_HTTP_CONNECTIONS_H
#define BANTIN_HTTP_CONNECTIONS_H

#include "base/base.h"
#include <stdatomic.h>
#include <sys/socket.h>

/* An address that counts as one client: all of IPv4 (mapped into IPv6), the /64 network of IPv6. */
struct address {
    unsigned char bytes[16];
};

struct address address_of(const struct sockaddr *sa);
bool address_parse(const char *text, struct address *address);
bool address_equal(struct address a, struct address b);

struct connection {
    struct connection *previous, *next;
    int fd;
    bool is_proxy;
    struct address address;
    char text[48];                       /* the peer, for http_request.client */
    _Atomic int64_t deadline_ms;         /* on the monotonic clock; INT64_MAX: none */
    int64_t body_since_ms;
};

struct connections;

/* `beat` is called about every `beat_ms` by the same thread. */
struct connections *connections_new(unsigned max_per_address, int64_t beat_ms, void (*beat)(void *), void *arg);
void connections_free(struct connections *all);

bool connections_may(struct connections *all, struct address address);
struct connection *connections_add(struct connections *all, int fd, const struct sockaddr *peer, bool is_proxy,
                                   int64_t deadline_ms);
void connections_remove(struct connections *all, struct connection *c);

/* Requests of one client behind the proxy: false where there are too many. */
bool connections_count(struct connections *all, struct address address);
void connections_uncount(struct connections *all, struct address address);
#endif
