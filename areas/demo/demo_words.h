/* Titles and texts of generated articles; nobody outside this room includes it. */
#ifndef BANTIN_DEMO_WORDS_H
#define BANTIN_DEMO_WORDS_H

#include "html/body.h"

/* Throws the same each time; never 0. */
struct demo_dice {
    uint64_t state;
};

uint32_t demo_random(struct demo_dice *dice, uint32_t below);
struct str demo_title(struct arena *a, struct demo_dice *dice, struct str unit);
struct str demo_sentence(struct arena *a, struct demo_dice *dice);
struct body_node *demo_tree(struct arena *a, struct demo_dice *dice);
#endif
