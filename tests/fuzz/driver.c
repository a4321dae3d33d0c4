/* Runs a fuzz target over a corpus without a fuzzer, so that every compiler tries it in the tests: each argument is a
 * file, or a folder whose files are taken. Ends with the number of files; none at all is a failure. */
#include "base/base.h"
#include <dirent.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    struct stat st;

    if (f == NULL || fstat(fileno(f), &st) != 0) {
        perror(path);
        exit(1);
    }
    uint8_t *data = malloc((size_t)st.st_size + 1);
    if (data == NULL)
        abort();
    size_t n = fread(data, 1, (size_t)st.st_size, f);
    fclose(f);
    /* A block of the exact size lets the sanitizer see a read past its end. */
    uint8_t *exact = malloc(n != 0 ? n : 1);
    if (exact == NULL)
        abort();
    memcpy(exact, data, n);
    free(data);
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    return 1;
}

static int run_folder(const char *path)
{
    DIR *d = opendir(path);
    int n = 0;

    if (d == NULL)
        return run_file(path);
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        char file[PATH_MAX];
        if (e->d_name[0] == '.')
            continue;
        snprintf(file, sizeof file, "%s/%s", path, e->d_name);
        n += run_file(file);
    }
    closedir(d);
    return n;
}

int main(int argc, char **argv)
{
    int n = 0;

    for (int i = 1; i < argc; i++)
        n += run_folder(argv[i]);
    printf("%d files\n", n);
    return n > 0 ? 0 : 1;
}
