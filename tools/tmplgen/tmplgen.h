/* The template compiler: *.html to C. The source is read once, from front to back: block.c reads the directives and
 * writes C, markup.c follows the HTML between them so that every expression is escaped for the place where it stands,
 * expr.c turns expressions into C. The first mistake ends the run with "file:line: message". The language is explained
 * in tools/README.md. */
#ifndef BANTIN_TMPLGEN_H
#define BANTIN_TMPLGEN_H

#include "base/base.h"

enum { MAX_SCOPE = 24, MAX_DEPTH = 64, MAX_MESSAGE_PARAMS = 12 };

struct message {
    struct str key;
    struct str params[MAX_MESSAGE_PARAMS];
    size_t param_count;
};

enum place { IN_TEXT, IN_TAG, IN_VALUE };

struct element {
    struct str name;
    int line;
    bool posts, has_csrf; /* of a form */
};

/* Where in the HTML the source stands. */
struct markup {
    enum place place;
    struct element open[MAX_DEPTH];
    int depth;
    int floor;                            /* elements below it belong to an outer branch */
    int branch, tag_branch, value_branch; /* a tag or value must end in the branch where it began */
    struct str tag, attr;                 /* of the tag being read */
    int tag_line;
    bool has_alt, has_src; /* of the tag being read */
    char quote;
    bool is_url, url_start; /* of the value being read */
    bool scheme_open;       /* an expression stands where a scheme might, and nothing fixed has ended it */
    bool space;             /* the last thing written was white space */
};

struct name {
    struct str name;
    bool is_pointer;
};

struct gen {
    struct arena *arena;
    const char *file;
    struct str src;
    size_t at;
    struct markup m;
    struct buf text; /* static text not yet written to c */
    struct buf c, header;
    struct name scope[MAX_SCOPE];
    size_t scope_count;
    int serial; /* for names in the C text */
    const struct message *messages;
    size_t message_count;
    bool uses_page, uses_fields;
};

/* gen.c: reading and failing */
void fail(const struct gen *g, const char *format, ...) PRINTF_LIKE(2, 3) NO_RETURN;
void fail_at(const struct gen *g, int line, const char *format, ...) PRINTF_LIKE(3, 4) NO_RETURN;
int line_at(const struct gen *g, size_t at);
bool looking_at(const struct gen *g, const char *text);
bool take(struct gen *g, const char *text); /* moves past it if it stands here */
void skip_space(struct gen *g);
void expect(struct gen *g, const char *text); /* after white space */
struct str take_name(struct gen *g);          /* after white space; fails when there is none */
bool is_name_char(char c);

/* gen.c: writing */
void flush_text(struct gen *g);
void add_static(struct gen *g, struct str s);
/* Starts a statement: static text first, then #line. */
void begin_c(struct gen *g);

/* expr.c */
struct str read_expr(struct gen *g); /* with its filter; gives C */
struct str read_condition(struct gen *g);
struct str read_message(struct gen *g, const char *end); /* key name=expr…, up to `end`, which it takes */
struct str read_place(struct gen *g);                    /* a path, as an lvalue */
struct str read_message_key(struct gen *g);              /* one without parameters; gives MSG_key */
void scope_add(struct gen *g, struct str name, bool is_pointer);

/* markup.c */
void markup_step(struct gen *g);          /* reads one piece of static text */
const char *markup_writer(struct gen *g); /* the macro that prints an expression here */
void markup_need_text(struct gen *g, const char *what);
struct element *markup_open_form(struct gen *g); /* NULL outside of forms */
/* Branches: each starts where the directive stands and must end there. */
struct fork {
    struct markup before, after;
    bool one_ended;
};
void markup_fork(struct gen *g, struct fork *f);
void markup_next(struct gen *g, struct fork *f);                /* the branch ends, another begins */
void markup_join(struct gen *g, struct fork *f, bool may_skip); /* may_skip: none of the branches may be taken */

/* block.c */
void read_file(struct gen *g);
#endif
