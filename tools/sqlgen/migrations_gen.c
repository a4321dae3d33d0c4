/* migrations_gen FOLDER OUT.c DEPFILE [NAME]: embeds a folder of migrations as `const struct migration NAME[]`
 * (`migrations` unless told otherwise; see platform/db/migrate.h), each in both engines' words. */
#include "migration_text.h"
#include "base/files.h"

int main(int argc, char **argv)
{
    struct arena *a = arena_new(0);
    struct buf out = buf_in(a);

    if (argc != 4 && argc != 5) {
        fprintf(stderr, "migrations_gen FOLDER OUT.c DEPFILE [NAME]\n");
        return 2;
    }
    struct migration_files files = migration_files_read(a, argv[1]);
    const char *name = argc == 5 ? argv[4] : "migrations";

    buf_add_format(&out,
                   "/* Made by tools/migrations_gen. */\n#include \"db/migrate.h\"\n\n"
                   "extern const struct migration %s[];\nconst struct migration %s[] = {\n",
                   name, name);
    for (size_t i = 0; i < files.count; i++) {
        struct migration_file *f = &files.list[i];
        buf_add_format(&out, "    {\n        .name = \"%s\",\n        .hash = \"%.*s\",\n        .sqlite =\n", f->name,
                       STR_ARG(f->hash));
        sql_add_literal(&out, migration_for(a, f, FOR_SQLITE), "            ");
        buf_add_z(&out, ",\n        .postgres =\n");
        sql_add_literal(&out, migration_for(a, f, FOR_POSTGRES), "            ");
        buf_add_z(&out, ",\n    },\n");
    }
    buf_add_z(&out, "    {0},\n};\n");
    if (file_write(argv[2], buf_str(&out)) != OK)
        sql_fail(argv[2], 0, "cannot be written");
    migration_depfile(a, argv[3], argv[2], argv[1], &files, NULL);
    arena_free(a);
    return 0;
}
