/* A client that says exactly the bytes it is given, for tests: no library between us and the server. */
#ifndef BANTIN_TEST_HTTP_CLIENT_H
#define BANTIN_TEST_HTTP_CLIENT_H

#include "base/base.h"

/* A connection to 127.0.0.1. */
int client_connect(uint16_t port);
void client_send(int fd, struct str bytes);          /* a closed peer is fine */

/* Everything until the server closes, or until nothing comes for `quiet_ms`. */
struct str client_read_all(struct arena *a, int fd, int quiet_ms);
/* One answer with a Content-Length (or none: 304), leaving the rest of the connection alone. */
struct str client_read_one(struct arena *a, int fd, bool without_body);
/* Has the server closed within `ms`? */
bool client_is_closed(int fd, int ms);

/* Connects, sends, reads until the server closes or is quiet, closes. */
struct str client_talk(struct arena *a, uint16_t port, struct str bytes);
/* "GET path" with Host and Connection: close; `headers` are whole lines. */
struct str client_get(struct arena *a, uint16_t port, const char *path, const char *headers);
struct str client_post(struct arena *a, uint16_t port, const char *path, const char *type, struct str body);

/* Of an answer. */
int answer_status(struct str answer);               /* 0: none */
size_t answer_count(struct str answers);            /* how many answers there are in it */
struct str answer_header(struct str answer, const char *name);
struct str answer_body(struct str answer);
#endif
