/* SPDX-License-Identifier: MIT */
/* Bundles of every type give the same tree, byte for byte. */
#include "archives.h"

#include <codedeploy-posix/codedeploy-posix.h>

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "tree.h"

static cdp_posix_bundle_options options_for(const char *folder, const char *path,
                                            cdp_posix_bundle_type type)
{
    return (cdp_posix_bundle_options){
        .size = sizeof(cdp_posix_bundle_options),
        .location = str(path),
        .type = type,
        .destination = str(scratch_path(folder, "out")),
    };
}

static void unpack(const char *folder, const char *path, cdp_posix_bundle_type type,
                   cdp_diagnostics *diagnostics)
{
    cdp_posix_bundle_options options = options_for(folder, path, type);
    cdp_status status = cdp_posix_bundle_unpack(&options, diagnostics);

    if (status != CDP_OK) {
        cdp_diagnostic finding = {.size = sizeof finding};

        if (diagnostics && cdp_diagnostics_at(diagnostics, 0, &finding) == CDP_OK)
            print_error("said: %s\n", finding.message.data);
        fail_msg("%s: %s", path, cdp_status_name(status));
    }
    assert_false(scratch_exists(scratch_path(folder, "out.partial")));
}

static void unpack_made(const char *folder, made_bytes *archive, cdp_posix_bundle_type type)
{
    unpack(folder, made_save(archive, folder, "bundle"), type, scratch_diagnostics());
}

static mode_t mode_of(const char *path)
{
    struct stat info;

    assert_int_equal(lstat(path, &info), 0);
    return info.st_mode & 07777;
}

static void run(const char *folder, const char *command)
{
    char line[4096];

    snprintf(line, sizeof line, "cd '%s' && %s", folder, command);
    if (system(line) != 0)
        fail_msg("%s", line);
}

/* ---------------------------------------------------------------------------------------------
 * The same tree
 */

static const char latin[] = "caf\xE9";
static const char composed[] = "caf\xC3\xA9";
static const char decomposed[] = "cafe\xCC\x81";

static void make_tree(const char *folder)
{
    const struct timespec times[2] = {{1234567890, 0}, {1234567890, 0}};

    scratch_directory(scratch_path(folder, "src"));
    scratch_write(scratch_path(folder, "src/appspec.yml"), 0644, "version: 0.0\n", 13);
    scratch_directory(scratch_path(folder, "src/dir"));
    scratch_directory(scratch_path(folder, "src/dir/empty"));
    scratch_write(scratch_path(folder, "src/dir/%s", latin), 0640, "latin", 5);
    scratch_write(scratch_path(folder, "src/dir/%s", composed), 0600, "composed", 8);
    scratch_write(scratch_path(folder, "src/dir/%s", decomposed), 0604, "decomposed", 10);
    scratch_write(scratch_path(folder, "src/dir/new\nline "), 0644, "a\0b", 3);
    scratch_script(scratch_path(folder, "src/start.sh"), "#!/bin/sh\n");
    assert_int_equal(symlink("dir/empty", scratch_path(folder, "src/link")), 0);
    assert_int_equal(symlink("nothing", scratch_path(folder, "src/dir/dangling")), 0);
    assert_int_equal(chmod(scratch_path(folder, "src/dir/empty"), 0711), 0);
    assert_int_equal(utimensat(AT_FDCWD, scratch_path(folder, "src/start.sh"), times, 0), 0);
    assert_int_equal(utimensat(AT_FDCWD, scratch_path(folder, "src/dir/empty"), times, 0), 0);
}

static void check_tree(const char *folder, bool has_links)
{
    char target[64] = "";
    struct stat info;

    assert_string_equal(scratch_read(scratch_path(folder, "out/appspec.yml"), NULL),
                        "version: 0.0\n");
    assert_string_equal(scratch_read(scratch_path(folder, "out/dir/%s", latin), NULL), "latin");
    assert_string_equal(scratch_read(scratch_path(folder, "out/dir/%s", composed), NULL),
                        "composed");
    assert_string_equal(scratch_read(scratch_path(folder, "out/dir/%s", decomposed), NULL),
                        "decomposed");
    assert_memory_equal(scratch_read(scratch_path(folder, "out/dir/new\nline "), NULL), "a\0b", 3);
    assert_int_equal(mode_of(scratch_path(folder, "out")), 0755);
    assert_int_equal(mode_of(scratch_path(folder, "out/dir/%s", latin)), 0640);
    assert_int_equal(mode_of(scratch_path(folder, "out/dir/%s", decomposed)), 0604);
    assert_int_equal(mode_of(scratch_path(folder, "out/start.sh")), 0755);
    assert_int_equal(mode_of(scratch_path(folder, "out/dir/empty")), 0711);
    assert_int_equal(stat(scratch_path(folder, "out/start.sh"), &info), 0);
    assert_int_equal(info.st_mtime, 1234567890);
    assert_int_equal(stat(scratch_path(folder, "out/dir/empty"), &info), 0);
    assert_int_equal(info.st_mtime, 1234567890);
    if (has_links) {
        assert_int_equal(readlink(scratch_path(folder, "out/link"), target, 63), 9);
        assert_string_equal(target, "dir/empty");
        assert_int_equal(lstat(scratch_path(folder, "out/dir/dangling"), &info), 0);
        assert_true(S_ISLNK(info.st_mode));
    }
    scratch_remove(scratch_path(folder, "out"));
}

/* As the usual programs make them, unpacked under two locales. */
static void every_type_gives_the_same(void **state)
{
    static const char *const locales[] = {"C", "C.UTF-8"};
    cdp_diagnostics *diagnostics = scratch_diagnostics();

    make_tree(*state);
    run(*state, "tar -cf ustar.tar --format=ustar -C src . && tar -cf gnu.tar --format=gnu -C src "
                "appspec.yml dir start.sh link && tar -czf pax.tgz --format=pax -C src .");
    run(*state, "tar -cf pax.tar --format=pax --xattrs -C src .");
    run(*state, "cd src && zip -qry ../all.zip .");
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        setlocale(LC_ALL, locales[i]);
        unpack(*state, scratch_path(*state, "src"), CDP_POSIX_BUNDLE_DIRECTORY, diagnostics);
        check_tree(*state, true);
        unpack(*state, scratch_path(*state, "ustar.tar"), CDP_POSIX_BUNDLE_TAR, diagnostics);
        check_tree(*state, true);
        unpack(*state, scratch_path(*state, "gnu.tar"), CDP_POSIX_BUNDLE_TAR, diagnostics);
        check_tree(*state, true);
        unpack(*state, scratch_path(*state, "pax.tar"), CDP_POSIX_BUNDLE_TAR, diagnostics);
        check_tree(*state, true);
        unpack(*state, scratch_path(*state, "pax.tgz"), CDP_POSIX_BUNDLE_TGZ, diagnostics);
        check_tree(*state, true);
        unpack(*state, scratch_path(*state, "all.zip"), CDP_POSIX_BUNDLE_ZIP, diagnostics);
        check_tree(*state, true);
    }
    setlocale(LC_ALL, "C");
    assert_int_equal(cdp_diagnostics_count(diagnostics), 0);
}

/* Names that archives mark as UTF-8 are not brought into another normal form, nor replaced when
 * they are none. */
static void marked_names_stay_as_they_are(void **state)
{
    const zip_member members[] = {
        {.name = decomposed, .content = "d", .length = 1, .flags = 1 << 11},
        {.name = latin, .content = "l", .length = 1, .flags = 1 << 11},
    };
    made_bytes archive = {0};

    setlocale(LC_ALL, "C.UTF-8");
    zip_make(&archive, members, 2);
    unpack_made(*state, &archive, CDP_POSIX_BUNDLE_ZIP);
    assert_true(scratch_exists(scratch_path(*state, "out/%s", decomposed)));
    assert_true(scratch_exists(scratch_path(*state, "out/%s", latin)));
    scratch_remove(scratch_path(*state, "out"));
    tar_pax(&archive, "path", decomposed);
    tar_file(&archive, "x", "");
    tar_pax(&archive, "path", latin);
    tar_file(&archive, "x", "");
    tar_pax(&archive, "linkpath", latin);
    tar_symlink(&archive, "link", "x");
    tar_end(&archive);
    unpack_made(*state, &archive, CDP_POSIX_BUNDLE_TAR);
    assert_true(scratch_exists(scratch_path(*state, "out/%s", decomposed)));
    assert_true(scratch_exists(scratch_path(*state, "out/%s", latin)));
    setlocale(LC_ALL, "C");
}

static void links_within_are_kept(void **state)
{
    struct stat first;
    struct stat second;
    made_bytes archive = {0};

    tar_file(&archive, "a/file", "shared");
    tar_add(&archive, "b/hard", '1', 0644, NULL, 0, "a/file");
    tar_add(&archive, "hard-again", '1', 0644, NULL, 0, "./b//hard");
    tar_symlink(&archive, "b/up", "../a/file");
    tar_symlink(&archive, "circle", "circle");
    tar_symlink(&archive, "b/top", "..");
    tar_end(&archive);
    unpack_made(*state, &archive, CDP_POSIX_BUNDLE_TAR);
    assert_int_equal(stat(scratch_path(*state, "out/a/file"), &first), 0);
    assert_int_equal(stat(scratch_path(*state, "out/hard-again"), &second), 0);
    assert_int_equal(first.st_ino, second.st_ino);
    assert_int_equal(first.st_nlink, 3);
    assert_int_equal(stat(scratch_path(*state, "out/b/up"), &second), 0);
    assert_int_equal(first.st_ino, second.st_ino);
}

static void outside_links_can_be_allowed(void **state)
{
    cdp_posix_bundle_options options;
    made_bytes archive = {0};

    tar_symlink(&archive, "venv/bin/python", "/usr/bin/python3");
    tar_symlink(&archive, "up", "../../x");
    tar_end(&archive);
    options = options_for(*state, made_save(&archive, *state, "bundle"), CDP_POSIX_BUNDLE_TAR);
    options.allow = CDP_POSIX_BUNDLE_ALLOW_OUTSIDE_LINKS;
    assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_OK);
    assert_true(scratch_exists(scratch_path(*state, "out/up")));
    scratch_remove(scratch_path(*state, "out"));
    /* Still nothing goes through it. */
    tar_symlink(&archive, "out", "/tmp");
    tar_file(&archive, "out/owned", "x");
    tar_end(&archive);
    options = options_for(*state, made_save(&archive, *state, "bundle"), CDP_POSIX_BUNDLE_TAR);
    options.allow = CDP_POSIX_BUNDLE_ALLOW_OUTSIDE_LINKS;
    assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_ERR_INVALID);
    assert_false(scratch_exists("/tmp/owned"));
}

/* ---------------------------------------------------------------------------------------------
 * The top level
 */

static void single_top_directory(void **state)
{
    made_bytes archive = {0};

    tar_add(&archive, "owner-repo-1234/", '5', 0500, NULL, 0, NULL);
    tar_file(&archive, "owner-repo-1234/My-AppSpec.json", "{}");
    tar_file(&archive, "owner-repo-1234/src/x", "x");
    tar_symlink(&archive, "owner-repo-1234/src/up", "../My-AppSpec.json");
    tar_end(&archive);
    unpack_made(*state, &archive, CDP_POSIX_BUNDLE_TAR);
    assert_string_equal(scratch_read(scratch_path(*state, "out/My-AppSpec.json"), NULL), "{}");
    assert_string_equal(scratch_read(scratch_path(*state, "out/src/up"), NULL), "{}");
    assert_int_equal(mode_of(scratch_path(*state, "out")), 0755);
    scratch_remove(scratch_path(*state, "out"));
    /* Without an AppSpec in it, or with something beside it, it stays. */
    tar_file(&archive, "top/file", "x");
    tar_file(&archive, "top/deep/appspec.yml", "");
    tar_end(&archive);
    unpack_made(*state, &archive, CDP_POSIX_BUNDLE_TAR);
    assert_true(scratch_exists(scratch_path(*state, "out/top/deep/appspec.yml")));
    scratch_remove(scratch_path(*state, "out"));
    tar_file(&archive, "top/appspec.yml", "");
    tar_file(&archive, "README", "");
    tar_end(&archive);
    unpack_made(*state, &archive, CDP_POSIX_BUNDLE_TAR);
    assert_true(scratch_exists(scratch_path(*state, "out/top/appspec.yml")));
}

/* ---------------------------------------------------------------------------------------------
 * Rights
 */

static void rights_are_set_last(void **state)
{
    made_bytes archive = {0};
    struct stat info;

    tar_file(&archive, "first/file", "before its directory");
    tar_add(&archive, "first", '5', 0555, NULL, 0, NULL);
    tar_add(&archive, "closed", '5', 0000, NULL, 0, NULL);
    tar_file(&archive, "closed/inner/file", "x");
    tar_add(&archive, "closed/inner", '5', 0500, NULL, 0, NULL);
    tar_add(&archive, "shared", '5', 02775, NULL, 0, NULL);
    tar_add(&archive, "sticky", '0', 01644, "x", 1, NULL);
    tar_end(&archive);
    unpack_made(*state, &archive, CDP_POSIX_BUNDLE_TAR);
    assert_int_equal(mode_of(scratch_path(*state, "out/first")), 0555);
    assert_int_equal(mode_of(scratch_path(*state, "out/closed")), 0);
    assert_int_equal(mode_of(scratch_path(*state, "out/shared")), 0775);
    assert_int_equal(mode_of(scratch_path(*state, "out/sticky")), 0644);
    assert_int_equal(stat(scratch_path(*state, "out/first"), &info), 0);
    assert_int_equal(info.st_mtime, 1234567890);
    assert_int_equal(chmod(scratch_path(*state, "out/closed"), 0755), 0);
    assert_int_equal(mode_of(scratch_path(*state, "out/closed/inner")), 0500);
}

static void set_id_can_be_allowed(void **state)
{
    cdp_posix_bundle_options options;
    made_bytes archive = {0};

    tar_add(&archive, "prog", '0', 04755, "x", 1, NULL);
    tar_add(&archive, "dir", '5', 02775, NULL, 0, NULL);
    tar_end(&archive);
    options = options_for(*state, made_save(&archive, *state, "bundle"), CDP_POSIX_BUNDLE_TAR);
    options.allow = CDP_POSIX_BUNDLE_ALLOW_SET_ID | CDP_POSIX_BUNDLE_IGNORE_OWNERS;
    assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_OK);
    assert_int_equal(mode_of(scratch_path(*state, "out/prog")), 04755);
    assert_int_equal(mode_of(scratch_path(*state, "out/dir")), 02775);
}

static void owners(void **state)
{
    cdp_posix_bundle_options options;
    made_bytes archive = {0};
    struct stat info;

    tar_file(&archive, "file", "x");
    tar_directory(&archive, "dir");
    tar_symlink(&archive, "link", "file");
    tar_end(&archive);
    options = options_for(*state, made_save(&archive, *state, "bundle"), CDP_POSIX_BUNDLE_TAR);
    for (int ignore = 0; ignore < 2; ignore++) {
        static const char *const names[] = {"out/file", "out/dir", "out/link"};

        options.allow = ignore ? CDP_POSIX_BUNDLE_IGNORE_OWNERS : 0;
        assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_OK);
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(lstat(scratch_path(*state, "%s", names[i]), &info), 0);
            assert_int_equal(info.st_uid, geteuid() == 0 && !ignore ? 1234 : geteuid());
            assert_int_equal(info.st_gid, geteuid() == 0 && !ignore ? 4321 : getegid());
        }
        scratch_remove(scratch_path(*state, "out"));
    }
}

/* ---------------------------------------------------------------------------------------------
 * Types
 */

static void expect_type_refused(const char *folder, const char *path, cdp_posix_bundle_type type,
                                const char *part)
{
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    cdp_posix_bundle_options options = options_for(folder, path, type);

    assert_int_equal(cdp_posix_bundle_unpack(&options, diagnostics), CDP_ERR_INVALID);
    if (!strstr(scratch_message(diagnostics, CDP_DIAGNOSTIC_BUNDLE_WRONG_TYPE), part))
        fail_msg("%s", scratch_message(diagnostics, CDP_DIAGNOSTIC_BUNDLE_WRONG_TYPE));
    assert_false(scratch_exists(scratch_path(folder, "out")));
}

static void types_are_checked(void **state)
{
    const char *path = scratch_path(*state, "bundle");
    cdp_posix_bundle_type type = 0;
    cdp_diagnostics *diagnostics = scratch_diagnostics();

    make_tree(*state);
    run(*state,
        "tar -cf a.tar -C src . && tar -czf a.tgz -C src . && cd src && zip -qry ../a.zip .");
    expect_type_refused(*state, scratch_path(*state, "a.zip"), CDP_POSIX_BUNDLE_TAR,
                        "is a zip archive, not a tar archive without compression.");
    expect_type_refused(*state, scratch_path(*state, "a.zip"), CDP_POSIX_BUNDLE_TGZ, "a zip");
    expect_type_refused(*state, scratch_path(*state, "a.zip"), CDP_POSIX_BUNDLE_DIRECTORY,
                        "is a zip archive, not a directory.");
    expect_type_refused(*state, scratch_path(*state, "a.tar"), CDP_POSIX_BUNDLE_ZIP, "a tar");
    expect_type_refused(*state, scratch_path(*state, "a.tar"), CDP_POSIX_BUNDLE_TGZ,
                        "is a tar archive without compression, not compressed with gzip (tgz).");
    expect_type_refused(*state, scratch_path(*state, "a.tgz"), CDP_POSIX_BUNDLE_ZIP, "gzip");
    expect_type_refused(*state, scratch_path(*state, "src"), CDP_POSIX_BUNDLE_TGZ,
                        "is a directory");
    scratch_write(path, 0644,
                  "\xFD"
                  "7zXZ\0....",
                  10);
    expect_type_refused(*state, path, CDP_POSIX_BUNDLE_TAR, "xz");
    scratch_write(path, 0644, "BZh91AY", 7);
    expect_type_refused(*state, path, CDP_POSIX_BUNDLE_TGZ, "bzip2");
    scratch_write(path, 0644, "", 0);
    expect_type_refused(*state, path, CDP_POSIX_BUNDLE_TAR, "an empty file");
    scratch_write(path, 0644, "<html>404</html>", 16);
    expect_type_refused(*state, path, CDP_POSIX_BUNDLE_ZIP, "no archive that is known here");
    unpack(*state, scratch_path(*state, "a.tgz"), CDP_POSIX_BUNDLE_TAR, diagnostics);
    assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_BUNDLE_COMPRESSED_TAR));
    check_tree(*state, true);
    assert_int_equal(cdp_posix_bundle_type_from_name(str("tgz"), &type), CDP_OK);
    assert_int_equal(type, CDP_POSIX_BUNDLE_TGZ);
    assert_int_equal(cdp_posix_bundle_type_from_name(str("TGZ"), &type), CDP_ERR_NOT_FOUND);
    assert_string_equal(cdp_posix_bundle_type_name(CDP_POSIX_BUNDLE_DIRECTORY), "directory");
    assert_string_equal(cdp_posix_bundle_type_name((cdp_posix_bundle_type)9), "unknown");
}

static void sparse_files_stay_sparse(void **state)
{
    struct stat info;

    run(*state, "mkdir s && truncate -s 16M s/hole && printf end >>s/hole && "
                "printf x | dd of=s/hole bs=1 seek=5M conv=notrunc status=none && "
                "tar -S -cf gnu.tar -C s hole && tar -S --format=pax -czf pax.tgz -C s hole");
    unpack(*state, scratch_path(*state, "gnu.tar"), CDP_POSIX_BUNDLE_TAR, NULL);
    run(*state, "cmp s/hole out/hole");
    assert_int_equal(stat(scratch_path(*state, "out/hole"), &info), 0);
    assert_true(info.st_blocks * 512 < 1 << 20);
    scratch_remove(scratch_path(*state, "out"));
    unpack(*state, scratch_path(*state, "pax.tgz"), CDP_POSIX_BUNDLE_TGZ, NULL);
    run(*state, "cmp s/hole out/hole");
    scratch_remove(scratch_path(*state, "out"));
    unpack(*state, scratch_path(*state, "s"), CDP_POSIX_BUNDLE_DIRECTORY, NULL);
    run(*state, "cmp s/hole out/hole");
    assert_int_equal(stat(scratch_path(*state, "out/hole"), &info), 0);
    assert_true(info.st_blocks * 512 < 1 << 20);
}

static void zips_from_windows(void **state)
{
    const zip_member members[] = {
        {.name = "scripts\\start.sh", .content = "x", .length = 1, .method = 8},
        {.name = "docs\\", .content = "", .length = 0},
    };
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    made_bytes archive = {0};

    zip_make(&archive, members, 2);
    unpack(*state, made_save(&archive, *state, "bundle"), CDP_POSIX_BUNDLE_ZIP, diagnostics);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 1);
    assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_BUNDLE_BACKSLASHES));
    assert_int_equal(mode_of(scratch_path(*state, "out/scripts/start.sh")), 0644);
    assert_int_equal(mode_of(scratch_path(*state, "out/docs")), 0755);
}

static void large_zips(void **state)
{
    const zip_member members[] = {
        {.name = "one", .content = "first", .length = 5, .method = 8},
        {.name = "two", .content = "second", .length = 6},
    };
    made_bytes archive = {0};

    zip_make_64(&archive, members, 2);
    unpack_made(*state, &archive, CDP_POSIX_BUNDLE_ZIP);
    assert_string_equal(scratch_read(scratch_path(*state, "out/one"), NULL), "first");
    assert_string_equal(scratch_read(scratch_path(*state, "out/two"), NULL), "second");
}

/* ---------------------------------------------------------------------------------------------
 * What goes wrong outside of the bundle
 */

static void destinations(void **state)
{
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    made_bytes archive = {0};
    cdp_posix_bundle_options options;

    tar_file(&archive, "file", "x");
    tar_end(&archive);
    options = options_for(*state, made_save(&archive, *state, "bundle"), CDP_POSIX_BUNDLE_TAR);
    scratch_directory(scratch_path(*state, "out"));
    assert_int_equal(cdp_posix_bundle_unpack(&options, diagnostics), CDP_ERR_CONFLICT);
    assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_BUNDLE_DESTINATION));
    assert_int_equal(rmdir(scratch_path(*state, "out")), 0);
    assert_int_equal(symlink("elsewhere", scratch_path(*state, "out")), 0);
    assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_ERR_CONFLICT);
    assert_int_equal(unlink(scratch_path(*state, "out")), 0);
    /* What a crash left is removed. */
    scratch_directory(scratch_path(*state, "out.partial"));
    scratch_write(scratch_path(*state, "out.partial/old"), 0644, "", 0);
    assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_OK);
    assert_false(scratch_exists(scratch_path(*state, "out/old")));
    options.destination = str(scratch_path(*state, "none/out"));
    assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_ERR_NOT_FOUND);
    options.destination = str(scratch_path(*state, "bundle/out"));
    assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_ERR_IO);
    options.destination = str(scratch_path(*state, "x"));
    options.location = str(scratch_path(*state, "none"));
    assert_int_equal(cdp_posix_bundle_unpack(&options, diagnostics), CDP_ERR_NOT_FOUND);
    assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_BUNDLE_MISSING));
    options.allow = 64;
    assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_ERR_ARGUMENT);
    options.allow = 0;
    options.destination = str("a/");
    assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_ERR_ARGUMENT);
}

static void directory_that_holds_its_copy(void **state)
{
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    cdp_posix_bundle_options options = options_for(*state, *state, CDP_POSIX_BUNDLE_DIRECTORY);

    scratch_write(scratch_path(*state, "file"), 0644, "x", 1);
    assert_int_equal(cdp_posix_bundle_unpack(&options, diagnostics), CDP_ERR_INVALID);
    assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_BUNDLE_CONTAINS_DESTINATION));
    assert_false(scratch_exists(scratch_path(*state, "out.partial")));
}

static int copy_secret(const char *folder)
{
    cdp_posix_bundle_options options = {
        .size = sizeof options,
        .location = str(scratch_path(folder, "src")),
        .type = CDP_POSIX_BUNDLE_DIRECTORY,
        .destination = str(scratch_path(folder, "open/out")),
    };
    cdp_diagnostics *diagnostics = scratch_diagnostics();

    if (cdp_posix_bundle_unpack(&options, diagnostics) != CDP_ERR_DENIED)
        return 1;
    if (!strstr(scratch_message(diagnostics, CDP_DIAGNOSTIC_BUNDLE_UNREADABLE),
                "dir/secret cannot be read: Permission denied"))
        return 2;
    return scratch_exists(scratch_path(folder, "open/out.partial")) ? 3 : 0;
}

static void unreadable_files(void **state)
{
    scratch_directory(scratch_path(*state, "src"));
    scratch_directory(scratch_path(*state, "src/dir"));
    scratch_write(scratch_path(*state, "src/dir/secret"), 0, "x", 1);
    scratch_directory(scratch_path(*state, "open"));
    assert_int_equal(chmod(scratch_path(*state, "open"), 0777), 0);
    assert_int_equal(scratch_as_nobody(copy_secret, *state), 0);
}

typedef struct told {
    uint64_t entries;
    uint64_t bytes;
    int calls;
    int stop_at;
} told_progress;

static cdp_status tell(uint64_t entries, uint64_t bytes, void *user)
{
    told_progress *told = user;

    assert_true(entries >= told->entries && bytes >= told->bytes);
    told->entries = entries;
    told->bytes = bytes;
    return ++told->calls == told->stop_at ? CDP_ERR_CANCELLED : CDP_OK;
}

static void progress(void **state)
{
    enum { SIZE = 10 << 20 };
    char *content = malloc(SIZE);
    made_bytes archive = {0};
    told_progress told = {0};
    cdp_posix_bundle_options options;

    memset(content, 'x', SIZE);
    tar_file(&archive, "small", "x");
    tar_add(&archive, "big", '0', 0644, content, SIZE, NULL);
    tar_end(&archive);
    free(content);
    options = options_for(*state, made_save(&archive, *state, "bundle"), CDP_POSIX_BUNDLE_TAR);
    options.progress = tell;
    options.user = &told;
    assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_OK);
    assert_true(told.calls >= 3);
    assert_int_equal(told.entries, 2);
    assert_int_equal(told.bytes, SIZE + 1);
    scratch_remove(scratch_path(*state, "out"));
    told = (told_progress){.stop_at = 2};
    assert_int_equal(cdp_posix_bundle_unpack(&options, NULL), CDP_ERR_CANCELLED);
    assert_false(scratch_exists(scratch_path(*state, "out")));
    assert_false(scratch_exists(scratch_path(*state, "out.partial")));
}

static int on_small_disk(const char *folder)
{
    const char *disk = scratch_path(folder, "disk");
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    cdp_posix_bundle_options options =
        options_for(folder, scratch_path(folder, "bundle"), CDP_POSIX_BUNDLE_TAR);
    int failed;

    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("none", disk, "tmpfs", 0, "size=256k") != 0)
        return 77;
    options.destination = str(scratch_path(folder, "disk/out"));
    failed = cdp_posix_bundle_unpack(&options, diagnostics) != CDP_ERR_FULL;
    failed |= strcmp(scratch_message(diagnostics, CDP_DIAGNOSTIC_BUNDLE_NOT_WRITTEN),
                     "The entry big of the bundle cannot be written: No space left on device") != 0;
    failed |= scratch_exists(scratch_path(folder, "disk/out.partial"));
    failed |= scratch_exists(scratch_path(folder, "disk/out"));
    return failed;
}

static void save_big_bundle(const char *folder)
{
    enum { SIZE = 1 << 20 };
    char *content = calloc(1, SIZE);
    made_bytes archive = {0};

    tar_file(&archive, "small", "x");
    tar_add(&archive, "big", '0', 0644, content, SIZE, NULL);
    tar_end(&archive);
    free(content);
    made_save(&archive, folder, "bundle");
}

static void full_disk(void **state)
{
    int status;

    scratch_directory(scratch_path(*state, "disk"));
    save_big_bundle(*state);
    status = scratch_in_child(on_small_disk, *state);
    if (status == 77)
        skip();
    assert_int_equal(status, 0);
}

/* What a file system of its own would take a privilege for. */
static int with_small_files(const char *folder)
{
    const struct rlimit limit = {256 << 10, 256 << 10};
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    cdp_posix_bundle_options options =
        options_for(folder, scratch_path(folder, "bundle"), CDP_POSIX_BUNDLE_TAR);
    int failed;

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 1;
    failed = cdp_posix_bundle_unpack(&options, diagnostics) == CDP_OK;
    failed |= strcmp(scratch_message(diagnostics, CDP_DIAGNOSTIC_BUNDLE_NOT_WRITTEN),
                     "The entry big of the bundle cannot be written: File too large") != 0;
    failed |= scratch_exists(scratch_path(folder, "out.partial"));
    failed |= scratch_exists(scratch_path(folder, "out"));
    return failed;
}

static void limit_of_file_sizes(void **state)
{
    save_big_bundle(*state);
    assert_int_equal(scratch_in_child(with_small_files, *state), 0);
}

/* ---------------------------------------------------------------------------------------------
 * Removing trees
 */

static void deep_trees_are_removed(void **state)
{
    int parent = open(*state, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = parent;

    scratch_directory(scratch_path(*state, "keep"));
    scratch_write(scratch_path(*state, "keep/file"), 0644, "", 0);
    for (int i = 0; i < 1000; i++) {
        int next;

        assert_int_equal(mkdirat(fd, "deep", 0755), 0);
        next = openat(fd, "deep", O_PATH | O_DIRECTORY | O_CLOEXEC);
        assert_true(next >= 0);
        if (fd != parent)
            close(fd);
        fd = next;
        if (i % 100 == 50)
            assert_int_equal(symlinkat("/", fd, "link"), 0);
    }
    close(fd);
    assert_int_equal(symlink("../keep", scratch_path(*state, "deep/out")), 0);
    assert_int_equal(mkdir(scratch_path(*state, "deep/closed"), 0755), 0);
    scratch_write(scratch_path(*state, "deep/closed/file"), 0, "", 0);
    assert_int_equal(chmod(scratch_path(*state, "deep/closed"), 0), 0);
    assert_true(px_remove_tree(parent, "deep"));
    assert_false(scratch_exists(scratch_path(*state, "deep")));
    assert_true(scratch_exists(scratch_path(*state, "keep/file")));
    assert_true(px_remove_tree(parent, "deep"));
    assert_int_equal(symlink("keep", scratch_path(*state, "link")), 0);
    assert_true(px_remove_tree(parent, "link"));
    assert_true(scratch_exists(scratch_path(*state, "keep/file")));
    close(parent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_scratch_as("limits 2.30 every type gives the same", every_type_gives_the_same),
        in_scratch(marked_names_stay_as_they_are),
        in_scratch(links_within_are_kept),
        in_scratch(outside_links_can_be_allowed),
        in_scratch(single_top_directory),
        in_scratch(rights_are_set_last),
        in_scratch(set_id_can_be_allowed),
        in_scratch(owners),
        in_scratch_as("limits 2.30 types are checked", types_are_checked),
        in_scratch(sparse_files_stay_sparse),
        in_scratch(zips_from_windows),
        in_scratch(large_zips),
        in_scratch(destinations),
        in_scratch(directory_that_holds_its_copy),
        in_scratch(unreadable_files),
        in_scratch(progress),
        in_scratch(full_disk),
        in_scratch(limit_of_file_sizes),
        in_scratch(deep_trees_are_removed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
