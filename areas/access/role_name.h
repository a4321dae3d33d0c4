/* What a role is called on screens. */
#ifndef BANTIN_ROLE_NAME_H
#define BANTIN_ROLE_NAME_H

#include "html/msg.h"

/* "editor" gives "Biên tập viên"; a word that is no role is given back as it is. */
struct str role_name(enum lang lang, struct str code);
/* The codes in their order, ended by NULL: for selects and checks. */
extern const char *const role_codes[];
#endif
