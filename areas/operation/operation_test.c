/* A backup is whole or refused (R0.31). */
#include "operation/backup.h"
#include "base/files.h"
#include "db/test_database.h"
#include <unistd.h>

static struct str backup_of(struct database *database, const char *folder)
{
    struct backup_result made;

    assert_ok(folder_make(str_format(t, "%s/media", folder).ptr));
    assert_ok(file_write(str_format(t, "%s/media/one", folder).ptr, S("một tệp ảnh")));
    assert_ok(backup_make(database, t, str_format(t, "%s/media", folder).ptr, str_format(t, "%s/backups", folder).ptr, &made));
    return made.path;
}

TEST(a_backup_is_restored_and_one_that_is_changed_or_cut_is_refused)
{
    char folder[] = "/tmp/bantin-operation-XXXXXX";
    struct str problem, content;

    if (test_on_postgres())
        SKIP("PostgreSQL is backed up by its own tools");
    struct database *database = test_database();
    assert_non_null(mkdtemp(folder));
    struct str backup = backup_of(database, folder);
    const char *data = str_format(t, "%s/data", folder).ptr, *copied = str_format(t, "%.*s/media/one", STR_ARG(backup)).ptr;

    assert_ok(backup_verify(t, backup.ptr, &problem));
    assert_ok(backup_restore(t, backup.ptr, data, NULL, &problem));
    assert_true(file_exists(str_format(t, "%s/bantin.db", data).ptr));
    assert_ok(file_read(t, str_format(t, "%s/media/one", data).ptr, 100, &content));
    assert_text(content, "một tệp ảnh");
    assert_err(backup_restore(t, backup.ptr, data, NULL, &problem), E_CONFLICT);

    assert_ok(file_write(copied, S("một tệp ảnk")));
    assert_err(backup_verify(t, backup.ptr, &problem), E_CORRUPT);
    assert_text(problem, "media/one");
    assert_int_equal(truncate(copied, 3), 0);
    assert_err(backup_verify(t, backup.ptr, &problem), E_CORRUPT);
    assert_int_equal(unlink(str_format(t, "%.*s/manifest.json", STR_ARG(backup)).ptr), 0);
    assert_err(backup_verify(t, backup.ptr, &problem), E_CORRUPT);
    assert_ok(folder_remove(folder));
}
