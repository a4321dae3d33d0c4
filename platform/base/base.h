/* What every file includes first: the standard headers, the error type, and the calls nobody may use. */
#ifndef BANTIN_BASE_H
#define BANTIN_BASE_H

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define countof(array)      (sizeof(array) / sizeof((array)[0]))
#define PRINTF_LIKE(f, a)   __attribute__((format(printf, f, a)))
#define NO_RETURN           __attribute__((noreturn))

#include "base/err.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/buf.h"

#undef sprintf /* the C library makes these macros for clang, which will not poison a macro */
#undef vsprintf
#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets
#endif
