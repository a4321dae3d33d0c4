/* Prints every route of the program with who may use it, as tests/web/pages_test.mjs reads it:
 * "METHOD pattern action roles", the roles as the bits of enum role that the permission table names for it. */
#include "access/access.h"
#include "app/rooms.h"

int main(void)
{
    access_start();
    for (const struct route *const *room = all_routes; *room != NULL; room++)
        for (const struct route *r = *room; r->pattern != NULL; r++) {
            const struct permission *p = permission_of(r->action);
            printf("%s %s %s %u\n", http_method_name(r->method), r->pattern, p->name, p->all | p->own);
        }
    return 0;
}
