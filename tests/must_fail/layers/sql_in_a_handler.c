// expect: SQL belongs in a .sql file
// at: areas/issue/issue_pages.c
static const char *q = "delete from issue where id = 1";
