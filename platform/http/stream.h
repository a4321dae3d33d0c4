/* The streams of one server: events wait here until the client takes them. Any thread. */
#ifndef BANTIN_HTTP_STREAM_H
#define BANTIN_HTTP_STREAM_H

#include "http/exchange.h"

struct streams *streams_new(unsigned most);
/* The server has stopped; streams that somebody still holds may yet be ended. */
void streams_close(struct streams *all);
/* NULL where there are too many. Two hold it: the caller and the answer. */
struct http_stream *streams_add(struct streams *all, struct MHD_Connection *mhd);
/* A comment to all, so that a client that has gone is noticed. */
void streams_beat(struct streams *all);
/* Ends all of them. */
void streams_end(struct streams *all);

struct MHD_Response *stream_response(struct http_stream *s);
/* Its answer was never sent. */
void stream_drop(struct http_stream *s);
/* The connection is no more. */
void stream_gone(struct http_stream *s);
#endif
