/* The sentence for why a file did not become an article, by the word the table keeps. */
#ifndef BANTIN_INTAKE_PROBLEM_H
#define BANTIN_INTAKE_PROBLEM_H

#include "html/msg.h"

enum msg intake_problem_message(struct str problem);
#endif
