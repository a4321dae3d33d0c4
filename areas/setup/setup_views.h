/* What the pages of the first start show. */
#ifndef BANTIN_SETUP_VIEWS_H
#define BANTIN_SETUP_VIEWS_H

#include "html/fields.h"
#include "layout/layout.h"

struct v_setup {
    struct str token, sections;
    struct choices formats;
};

struct v_setup_gone {
    bool is_done; /* somebody has an account already */
};

struct v_setup_welcome {
    bool is_needed; /* nobody has an account yet; else only a publication is missing */
};
#endif
