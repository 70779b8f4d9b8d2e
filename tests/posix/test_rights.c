/* SPDX-License-Identifier: MIT */
/* The callbacks of cdp_fs for modes, owners, ACLs and SELinux contexts. */
#include "scratch.h"

#include <codedeploy-posix/codedeploy-posix.h>

#include <acl/libacl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/acl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct fixture {
    cdp_posix_files *files;
    cdp_fs fs;
} fixture;

static fixture open_files(const char *folder)
{
    cdp_posix_files_options options = {.size = sizeof options, .destination = str(folder)};
    fixture made = {.fs = {.size = sizeof made.fs}};

    assert_int_equal(cdp_posix_files_new(&options, NULL, &made.files), CDP_OK);
    assert_int_equal(cdp_posix_files_callbacks(made.files, &made.fs), CDP_OK);
    return made;
}

static void expect_words(const fixture *f, const char *expected)
{
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(f->fs.describe_error(CDP_ERR_IO, text, f->fs.user), CDP_OK);
    assert_string_equal(cdp_text_string(text).data, expected);
    cdp_text_free(text);
}

static mode_t mode_of(const char *path)
{
    struct stat info;

    assert_int_equal(lstat(path, &info), 0);
    return info.st_mode & 07777;
}

static void modes(void **state)
{
    fixture f = open_files(*state);

    scratch_write(scratch_path(*state, "file"), 0644, "", 0);
    assert_int_equal(symlink("file", scratch_path(*state, "link")), 0);
    assert_int_equal(f.fs.set_mode(CDP_FS_DESTINATION, str("/file"), 06711, f.fs.user), CDP_OK);
    assert_int_equal(mode_of(scratch_path(*state, "file")), 06711);
    assert_int_equal(f.fs.set_mode(CDP_FS_DESTINATION, str("/file"), 0, f.fs.user), CDP_OK);
    assert_int_equal(f.fs.set_mode(CDP_FS_DESTINATION, str("/file"), 0600, f.fs.user), CDP_OK);
    assert_int_equal(f.fs.set_mode(CDP_FS_DESTINATION, str("/link"), 0777, f.fs.user),
                     CDP_ERR_UNSUPPORTED);
    assert_int_equal(mode_of(scratch_path(*state, "file")), 0600);
    cdp_posix_files_free(f.files);
}

static void owners(void **state)
{
    fixture f = open_files(*state);
    const char *file = scratch_path(*state, "file");
    const char *link = scratch_path(*state, "link");
    cdp_string absent = {NULL, 0};
    struct stat info;

    scratch_write(file, 0755, "", 0);
    assert_int_equal(symlink("file", link), 0);
    assert_int_equal(f.fs.check_owner(str("root"), str("root"), f.fs.user), CDP_OK);
    assert_int_equal(f.fs.check_owner(str("4711"), absent, f.fs.user), CDP_OK);
    assert_int_equal(f.fs.check_owner(absent, absent, f.fs.user), CDP_OK);
    assert_int_equal(f.fs.check_owner(str("no such"), absent, f.fs.user), CDP_ERR_INVALID);
    expect_words(&f, "this machine has no user no such");
    assert_int_equal(f.fs.check_owner(absent, str("4294967295"), f.fs.user), CDP_ERR_INVALID);
    expect_words(&f, "this machine has no group 4294967295");
    if (geteuid() != 0) {
        assert_int_equal(
            f.fs.set_owner(CDP_FS_DESTINATION, str("/file"), str("root"), absent, f.fs.user),
            CDP_ERR_DENIED);
        cdp_posix_files_free(f.files);
        return;
    }
    assert_int_equal(chmod(file, 06755), 0);
    assert_int_equal(
        f.fs.set_owner(CDP_FS_DESTINATION, str("/file"), str("nobody"), str("77"), f.fs.user),
        CDP_OK);
    assert_int_equal(stat(file, &info), 0);
    assert_int_equal(info.st_uid, 65534);
    assert_int_equal(info.st_gid, 77);
    assert_int_equal(mode_of(file), 06755);
    assert_int_equal(f.fs.set_owner(CDP_FS_DESTINATION, str("/link"), str("99"), absent, f.fs.user),
                     CDP_OK);
    assert_int_equal(lstat(link, &info), 0);
    assert_int_equal(info.st_uid, 99);
    assert_int_equal(stat(file, &info), 0);
    assert_int_equal(info.st_uid, 65534);
    cdp_posix_files_free(f.files);
}

static void expect_acl(const char *path, acl_type_t type, const char *expected)
{
    acl_t acl = acl_get_file(path, type);
    char *text;

    assert_non_null(acl);
    text = acl_to_any_text(acl, NULL, ',', TEXT_NUMERIC_IDS);
    assert_string_equal(text, expected);
    acl_free(text);
    acl_free(acl);
}

static cdp_status set_acl(const fixture *f, const char *path, size_t count, const char *a,
                          const char *b, const char *c)
{
    const cdp_string entries[] = {str(a), str(b), str(c)};

    return f->fs.set_acl(CDP_FS_DESTINATION, str(path), entries, count, f->fs.user);
}

static void acls(void **state)
{
    fixture f = open_files(*state);
    const char *file = scratch_path(*state, "file");
    const char *dir = scratch_path(*state, "dir");
    cdp_status status;

    scratch_write(file, 0754, "", 0);
    scratch_directory(dir);
    assert_int_equal(symlink("file", scratch_path(*state, "link")), 0);
    status = set_acl(&f, "/file", 2, "user:1234:rw-", "group:55:--x", NULL);
    if (status == CDP_ERR_UNSUPPORTED)
        skip();
    assert_int_equal(status, CDP_OK);
    expect_acl(file, ACL_TYPE_ACCESS,
               "user::rwx,user:1234:rw-,group::r-x,group:55:--x,mask::r-x,other::r--");
    assert_int_equal(set_acl(&f, "/file", 2, "user:1234:rw-", "mask::rwx", NULL), CDP_OK);
    expect_acl(file, ACL_TYPE_ACCESS, "user::rwx,user:1234:rw-,group::r-x,mask::rwx,other::r--");
    assert_int_equal(chmod(dir, 0750), 0);
    assert_int_equal(set_acl(&f, "/dir", 2, "default:user:1234:rwx", "user:7:r--", NULL), CDP_OK);
    expect_acl(dir, ACL_TYPE_DEFAULT, "user::rwx,user:1234:rwx,group::r-x,mask::r-x,other::---");
    expect_acl(dir, ACL_TYPE_ACCESS, "user::rwx,user:7:r--,group::r-x,mask::r-x,other::---");
    assert_int_equal(
        set_acl(&f, "/dir", 3, "default:group::rwx", "default:other::r-x", "default:user:8:-w-"),
        CDP_OK);
    expect_acl(dir, ACL_TYPE_DEFAULT, "user::rwx,user:8:-w-,group::rwx,mask::rwx,other::r-x");
    expect_acl(dir, ACL_TYPE_ACCESS, "user::rwx,group::r-x,other::---");
    assert_int_equal(set_acl(&f, "/dir", 1, "user:7:r--", NULL, NULL), CDP_OK);
    expect_acl(dir, ACL_TYPE_DEFAULT, "");
    assert_int_equal(set_acl(&f, "/file", 1, "default:user:7:r--", NULL, NULL), CDP_ERR_CONFLICT);
    expect_words(&f, "a default ACL entry is for directories only");
    assert_int_equal(set_acl(&f, "/file", 1, "user:no such:r--", NULL, NULL), CDP_ERR_INVALID);
    expect_words(&f, "this machine does not know the name in the ACL entry 'user:no such:r--'");
    assert_int_equal(set_acl(&f, "/file", 2, "user:7:r--", "user:7:rwx", NULL), CDP_ERR_INVALID);
    expect_words(&f, "two ACL entries are for the same");
    assert_int_equal(set_acl(&f, "/file", 1, "nobody:7:r--", NULL, NULL), CDP_ERR_INVALID);
    assert_int_equal(set_acl(&f, "/file", 1, "mask:7:r--", NULL, NULL), CDP_ERR_INVALID);
    assert_int_equal(set_acl(&f, "/file", 1, "user:7:rwz", NULL, NULL), CDP_ERR_INVALID);
    assert_int_equal(set_acl(&f, "/link", 1, "user:7:r--", NULL, NULL), CDP_ERR_UNSUPPORTED);
    expect_acl(file, ACL_TYPE_ACCESS, "user::rwx,user:1234:rw-,group::r-x,mask::rwx,other::r--");
    cdp_posix_files_free(f.files);
}

/* Programs of our own tell what they were called with; semanage may refuse to add. */
static void make_programs(const char *folder, const char *log, bool refuses_to_add)
{
    char text[8192];

    snprintf(text, sizeof text,
             "#!/bin/sh\n{ printf '<%%s>' \"${0##*/}\" \"$@\"; echo; } |\n"
             "sed 's#<[^<]*codedeploy-test[^/>]*#<#g' >>%s\n%s",
             log, refuses_to_add ? "[ $2 != -a ] || { echo already there >&2; exit 1; }\n" : "");
    scratch_script(scratch_path(folder, "bin/semanage"), text);
    scratch_script(scratch_path(folder, "bin/restorecon"), text);
}

static void contexts(void **state)
{
    fixture f = open_files(*state);
    const char *log = scratch_path(*state, "log");
    const char *before = getenv("PATH");
    char path[8192];
    cdp_fs_context context = {
        .size = sizeof context, .type = str("httpd_t"), .range = str("s0:c1"), .user = str("u_u")};

    scratch_directory(scratch_path(*state, "bin"));
    scratch_directory(scratch_path(*state, "a b"));
    scratch_write(scratch_path(*state, "a b/x.y"), 0644, "", 0);
    assert_int_equal(symlink("a b", scratch_path(*state, "ln")), 0);
    setenv("PATH", "/nowhere", 1);
    assert_int_equal(f.fs.set_context(CDP_FS_DESTINATION, str("/ln/x.y"), &context, f.fs.user),
                     access("/usr/sbin/semanage", X_OK) == 0 ? CDP_ERR_IO : CDP_ERR_UNSUPPORTED);
    snprintf(path, sizeof path, "%s/bin:%s", (char *)*state, before);
    setenv("PATH", path, 1);
    make_programs(*state, log, false);
    assert_int_equal(f.fs.set_context(CDP_FS_DESTINATION, str("/ln/x.y"), &context, f.fs.user),
                     CDP_OK);
    context.user = context.range = str(NULL);
    make_programs(*state, log, true);
    assert_int_equal(f.fs.set_context(CDP_FS_DESTINATION, str("/a b"), &context, f.fs.user),
                     CDP_OK);
    assert_int_equal(f.fs.remove_context(CDP_FS_DESTINATION, str("/ln/x.y"), f.fs.user), CDP_OK);
    /* Our programs leave the scratch folder's own path out. */
    assert_string_equal(scratch_read(log, NULL),
                        "<semanage><fcontext><-a><-s><u_u><-t><httpd_t><-r><s0:c1></a b/x\\.y>\n"
                        "<restorecon><-F><--></a b/x.y>\n"
                        "<semanage><fcontext><-a><-t><httpd_t></a b>\n"
                        "<semanage><fcontext><-m><-t><httpd_t></a b>\n"
                        "<restorecon><-F><--></a b>\n"
                        "<semanage><fcontext><-d></a b/x\\.y>\n");
    scratch_script(scratch_path(*state, "bin/semanage"),
                   "#!/bin/sh\necho 'no policy'; echo 'is there' >&2\nexit 2\n");
    assert_int_equal(f.fs.set_context(CDP_FS_DESTINATION, str("/a b"), &context, f.fs.user),
                     CDP_ERR_IO);
    expect_words(&f, "semanage failed: no policy\nis there");
    assert_int_equal(f.fs.remove_context(CDP_FS_DESTINATION, str("/a b"), f.fs.user),
                     CDP_ERR_NOT_FOUND);
    context.type = str("-x");
    assert_int_equal(f.fs.set_context(CDP_FS_DESTINATION, str("/a b"), &context, f.fs.user),
                     CDP_ERR_ARGUMENT);
    setenv("PATH", before, 1);
    cdp_posix_files_free(f.files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_scratch(modes),
        in_scratch(owners),
        in_scratch(acls),
        in_scratch(contexts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
