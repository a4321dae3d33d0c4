#include "base/base.h"

const char *err_name(enum err e)
{
    static const char *const names[] = {
        [OK] = "OK",
        [E_NOT_FOUND] = "E_NOT_FOUND",
        [E_DENIED] = "E_DENIED",
        [E_CONFLICT] = "E_CONFLICT",
        [E_INVALID] = "E_INVALID",
        [E_TOO_LARGE] = "E_TOO_LARGE",
        [E_UNSUPPORTED] = "E_UNSUPPORTED",
        [E_BUSY] = "E_BUSY",
        [E_FULL] = "E_FULL",
        [E_CORRUPT] = "E_CORRUPT",
        [E_IO] = "E_IO",
    };

    return (size_t)e < countof(names) ? names[e] : "E_?";
}
