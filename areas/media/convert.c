/* bantin-convert: what opens strangers' files. A program of its own, so that neither libvips nor a parser of Word files
 * is part of the server; the server runs it in the sandbox (jobs/sandbox.h), reads what it prints, and believes none of
 * it without a look. Prints one line of JSON; ends with 0 also where the file is refused, with "problem" in the line.
 */
#include "base/base.h"

#include <jansson.h>
#include "import/import_helper.h"
#include "media/convert_picture.h"

#ifdef __SANITIZE_ADDRESS__
/* The search for leaks at the end needs another process, which the sandbox refuses; by Landlock it cannot even read
 * the variable that would turn it off. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

static int usage(void)
{
    fputs("bantin-convert: mở tệp của người gửi trong khung cách ly; máy chủ bantin gọi, không dùng trực tiếp\n"
          "  bantin-convert docx-prepass IN OUT\n"
          "  bantin-convert html IN OUTDIR\n"
          "  bantin-convert picture IN OUTDIR\n",
          stderr);
    return 2;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        json_t *(*run)(struct arena *a, const char *in, const char *out);
    } commands[] = {{"docx-prepass", import_help_word}, {"html", import_help_page}, {"picture", convert_picture}};

    if (argc != 4)
        return usage();
    for (size_t i = 0; i < countof(commands); i++) {
        if (strcmp(argv[1], commands[i].name) != 0)
            continue;
        struct arena *a = arena_new(0);
        json_t *report = commands[i].run(a, argv[2], argv[3]);
        int printed = json_dumpf(report, stdout, JSON_COMPACT);
        json_decref(report);
        arena_free(a);
        return printed == 0 && puts("") >= 0 && fflush(stdout) == 0 ? 0 : 1;
    }
    return usage();
}
