/* SPDX-License-Identifier: MIT */
/* Copies of many small files, which two threads share. */
#include "scratch.h"

#include <codedeploy-posix/codedeploy-posix.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANY = 300 };

static char names[MANY][16];

typedef struct fixture {
    cdp_posix_files *files;
    cdp_fs fs;
} fixture;

/* Writing beyond makes an error. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    fflush(stdout);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void expect_words(const fixture *f, const char *expected)
{
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(f->fs.describe_error(CDP_ERR_IO, text, f->fs.user), CDP_OK);
    assert_string_equal(cdp_text_string(text).data, expected);
    cdp_text_free(text);
}

static fixture open_overlapping(const char *folder)
{
    cdp_posix_files_options options = {.size = sizeof options,
                                       .revision = str(scratch_path(folder, "rev")),
                                       .destination = str(scratch_path(folder, "dst")),
                                       .state = str(scratch_path(folder, "st")),
                                       .overlap = 1};
    fixture made = {.fs = {.size = sizeof made.fs}};

    scratch_directory(options.revision.data);
    scratch_directory(options.destination.data);
    scratch_directory(options.state.data);
    assert_int_equal(cdp_posix_files_new(&options, NULL, &made.files), CDP_OK);
    assert_int_equal(cdp_posix_files_callbacks(made.files, &made.fs), CDP_OK);
    return made;
}

/* MANY files of their number's bytes; the copies that make them. */
static cdp_fs_copy *ask_for_many(const char *folder)
{
    cdp_fs_copy *copies = calloc(MANY, sizeof *copies);

    for (size_t i = 0; i < MANY; i++) {
        char content[MANY];

        memset(content, (int)('a' + i % 26), sizeof content);
        snprintf(names[i], sizeof names[i], "/%04zu", i);
        scratch_write(scratch_path(folder, "rev%s", names[i]), i % 2 ? 0640 : 0755, content, i);
        copies[i] = (cdp_fs_copy){.size = sizeof copies[i],
                                  .from_root = CDP_FS_REVISION,
                                  .to_root = CDP_FS_DESTINATION,
                                  .from = str(names[i]),
                                  .to = str(names[i]),
                                  .keep = 15};
    }
    return copies;
}

/* That the first `made` are there, and no more. */
static void expect_copies(const char *folder, size_t made)
{
    for (size_t i = 0; i < MANY; i++) {
        const char *path = scratch_path(folder, "dst%s", names[i]);
        struct stat info;
        size_t length;

        if (i >= made) {
            assert_false(scratch_exists(path));
            continue;
        }
        (void)scratch_read(path, &length);
        assert_int_equal(length, i);
        assert_int_equal(stat(path, &info), 0);
        assert_int_equal(info.st_mode & 07777, i % 2 ? 0640 : 0755);
    }
}

static void copying_many_at_once(void **state)
{
    fixture f = open_overlapping(*state);
    cdp_fs_copy *copies = ask_for_many(*state);
    size_t copied = 0;

    while (copied < MANY) {
        size_t done = 0;

        assert_int_equal(f.fs.copy_files(copies + copied, MANY - copied, &done, f.fs.user), CDP_OK);
        assert_true(done > 0);
        for (size_t i = copied; i < copied + done; i++)
            assert_int_equal(copies[i].bytes, i);
        copied += done;
    }
    expect_copies(*state, MANY);
    free(copies);
    cdp_posix_files_free(f.files);
}

/* A file that cannot be read or made ends it: what is before it is there, of the rest nothing. */
static void copying_many_stops_at_the_first_that_fails(void **state)
{
    fixture f = open_overlapping(*state);
    cdp_fs_copy *copies = ask_for_many(*state);
    size_t done = 0;

    assert_int_equal(unlink(scratch_path(*state, "rev/0100")), 0);
    assert_int_equal(f.fs.copy_files(copies, MANY, &done, f.fs.user), CDP_ERR_NOT_FOUND);
    assert_int_equal(done, 100);
    expect_words(&f, "No such file or directory");
    expect_copies(*state, 100);
    assert_int_equal(f.fs.copy_files(copies, 10, &done, f.fs.user), CDP_ERR_CONFLICT);
    assert_int_equal(done, 0);
    expect_copies(*state, 100);
    free(copies);
    cdp_posix_files_free(f.files);
}

/* What takes long is left to copy_file. */
static void copying_many_leaves_large_files(void **state)
{
    fixture f = open_overlapping(*state);
    cdp_fs_copy *copies = ask_for_many(*state);
    size_t done = 9;

    assert_int_equal(truncate(scratch_path(*state, "rev/0020"), 1 << 20), 0);
    assert_int_equal(f.fs.copy_files(copies, MANY, &done, f.fs.user), CDP_OK);
    assert_int_equal(done, 20);
    expect_copies(*state, 20);
    assert_int_equal(f.fs.copy_files(copies + 20, MANY - 20, &done, f.fs.user), CDP_OK);
    assert_int_equal(done, 0);
    free(copies);
    cdp_posix_files_free(f.files);
}

/* The limit of a file's size makes writing fail, which happens late, and in two threads. */
static void copying_many_fails_late(void **state)
{
    fixture f = open_overlapping(*state);
    cdp_fs_copy *copies = ask_for_many(*state);
    size_t done = 0;
    cdp_status status;

    limit_files(90);
    status = f.fs.copy_files(copies, MANY, &done, f.fs.user);
    limit_files(RLIM_INFINITY);
    assert_int_equal(status, CDP_ERR_IO);
    assert_int_equal(done, 91);
    expect_words(&f, "File too large");
    expect_copies(*state, 91);
    free(copies);
    cdp_posix_files_free(f.files);
}

/* ---- bundles ---- */

static cdp_status unpack(const char *folder, cdp_diagnostics *diagnostics)
{
    const cdp_posix_bundle_options options = {.size = sizeof options,
                                              .location = str(scratch_path(folder, "rev")),
                                              .type = CDP_POSIX_BUNDLE_DIRECTORY,
                                              .destination = str(scratch_path(folder, "dst")),
                                              .overlap = 1};

    return cdp_posix_bundle_unpack(&options, diagnostics);
}

static void unpacking_many(void **state)
{
    scratch_directory(scratch_path(*state, "rev"));
    free(ask_for_many(*state));
    assert_int_equal(unpack(*state, NULL), CDP_OK);
    expect_copies(*state, MANY);
}

/* The file is named that could not be written, and nothing is left. */
static void unpacking_many_fails_late(void **state)
{
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    cdp_diagnostic found = {.size = sizeof found};
    cdp_status status;

    scratch_directory(scratch_path(*state, "rev"));
    free(ask_for_many(*state));
    limit_files(290);
    status = unpack(*state, diagnostics);
    limit_files(RLIM_INFINITY);
    assert_int_equal(status, CDP_ERR_IO);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 1);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
    assert_int_equal(found.code, CDP_DIAGNOSTIC_BUNDLE_NOT_WRITTEN);
    assert_non_null(strstr(found.message.data, "0291"));
    assert_false(scratch_exists(scratch_path(*state, "dst")));
    assert_false(scratch_exists(scratch_path(*state, "dst.partial")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_scratch(copying_many_at_once),
        in_scratch(copying_many_stops_at_the_first_that_fails),
        in_scratch(copying_many_leaves_large_files),
        in_scratch(copying_many_fails_late),
        in_scratch(unpacking_many),
        in_scratch(unpacking_many_fails_late),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
