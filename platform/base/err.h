/* The few ways in which something can fail. A function that can fail returns `enum err`; the compiler refuses an
 * unused result. On failure a function leaves its outputs untouched. What a user can mend is not an err but a message
 * beside a field. */
#ifndef BANTIN_ERR_H
#define BANTIN_ERR_H

enum [[nodiscard]] err {
    OK = 0,
    E_NOT_FOUND,   /* the thing is not there, or may not be seen */
    E_DENIED,      /* this person may not do this */
    E_CONFLICT,    /* somebody else was first; the caller shows both */
    E_INVALID,     /* the input breaks a rule; the caller knows which field */
    E_TOO_LARGE,   /* over a stated limit of bytes, depth, pages, time */
    E_UNSUPPORTED, /* understood, but of a kind we do not take */
    E_BUSY,        /* try again later */
    E_FULL,        /* the disk is full */
    E_CORRUPT,     /* stored data does not match its hash or its schema */
    E_IO,          /* the system refused; detail is in the log */
};

/* The constant's name, for logs: "E_CONFLICT". Static storage. */
const char *err_name(enum err e);

/* Passes a failure up. */
#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        enum err try_ = (call);                                                                                        \
        if (try_ != OK)                                                                                                \
            return try_;                                                                                               \
    } while (0)

/* Says that a result is of no consequence here; the reason stands in a comment beside it. */
#define IGNORE(call)                                                                                                   \
    do {                                                                                                               \
        enum err ignored_ = (call);                                                                                    \
        (void)ignored_;                                                                                                \
    } while (0)
#endif
