#include "intake/intake_problem.h"
#include "import/import_messages.h"

enum msg intake_problem_message(struct str problem)
{
    if (str_equal(problem, S("medium")))
        return MSG_intake_problem_medium;
    if (str_equal(problem, S("denied")))
        return MSG_intake_problem_denied;
    for (int i = IMPORT_BROKEN; i <= IMPORT_NO_SANDBOX; i++)
        if (str_equal(problem, str_of(import_problem_name((enum import_problem)i))))
            return import_problem_message((enum import_problem)i);
    return MSG_intake_problem_machine;
}
