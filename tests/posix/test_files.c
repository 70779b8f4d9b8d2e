/* SPDX-License-Identifier: MIT */
/* The callbacks of cdp_fs on real files: looking, copying, moving, removing, records. */
#include "scratch.h"

#include <codedeploy-posix/codedeploy-posix.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

/* The roots `rev`, `dst` and `st` in the scratch folder, and the callbacks. */
typedef struct fixture {
    cdp_posix_files *files;
    cdp_fs fs;
} fixture;

static fixture open_files(const char *folder)
{
    cdp_posix_files_options options = {
        .size = sizeof options,
        .revision = str(scratch_path(folder, "rev")),
        .destination = str(scratch_path(folder, "dst")),
        .state = str(scratch_path(folder, "st")),
    };
    fixture made = {.fs = {.size = sizeof made.fs}};

    if (!scratch_exists(options.revision.data)) {
        scratch_directory(options.revision.data);
        scratch_directory(options.destination.data);
        scratch_directory(options.state.data);
    }
    assert_int_equal(cdp_posix_files_new(&options, NULL, &made.files), CDP_OK);
    assert_int_equal(cdp_posix_files_callbacks(made.files, &made.fs), CDP_OK);
    return made;
}

static void close_files(fixture *made)
{
    cdp_posix_files_free(made->files);
}

static cdp_status look(const fixture *f, cdp_fs_root root, const char *path, int follow,
                       cdp_fs_info *info)
{
    memset(info, 0, sizeof *info);
    info->size = sizeof *info;
    return f->fs.info(root, str(path), follow, info, f->fs.user);
}

static cdp_fs_kind kind(const fixture *f, cdp_fs_root root, const char *path, int follow)
{
    cdp_fs_info info;

    assert_int_equal(look(f, root, path, follow, &info), CDP_OK);
    return info.kind;
}

static void expect_words(const fixture *f, const char *expected)
{
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(f->fs.describe_error(CDP_ERR_IO, text, f->fs.user), CDP_OK);
    assert_string_equal(cdp_text_string(text).data, expected);
    cdp_text_free(text);
}

static cdp_status copy(const fixture *f, const char *from, const char *to, uint32_t keep)
{
    return f->fs.copy_file(CDP_FS_REVISION, str(from), CDP_FS_DESTINATION, str(to), keep, NULL,
                           f->fs.user);
}

static void looking(void **state)
{
    fixture f = open_files(*state);
    cdp_fs_info info;

    scratch_write(scratch_path(*state, "rev/file"), 0640, "12345", 5);
    scratch_directory(scratch_path(*state, "rev/dir"));
    assert_int_equal(mkfifo(scratch_path(*state, "rev/fifo"), 0600), 0);
    assert_int_equal(symlink("file", scratch_path(*state, "rev/link")), 0);
    assert_int_equal(symlink("none", scratch_path(*state, "rev/dangling")), 0);
    assert_int_equal(symlink("circle", scratch_path(*state, "rev/circle")), 0);
    assert_int_equal(symlink("../dst", scratch_path(*state, "rev/out")), 0);
    assert_int_equal(symlink("file", scratch_path(*state, "st/link")), 0);
    assert_int_equal(symlink("circle", scratch_path(*state, "st/circle")), 0);
    assert_int_equal(look(&f, CDP_FS_REVISION, "/file", 0, &info), CDP_OK);
    assert_int_equal(info.kind, CDP_FS_REGULAR);
    assert_int_equal(info.mode, 0640);
    assert_int_equal(info.bytes, 5);
    assert_int_equal(info.owner, geteuid());
    assert_int_equal(info.links, 1);
    assert_true(info.inode && info.modified_seconds > 1600000000);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/", 0), CDP_FS_DIRECTORY);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/dir", 0), CDP_FS_DIRECTORY);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/fifo", 0), CDP_FS_OTHER);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/link", 0), CDP_FS_SYMLINK);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/link", 1), CDP_FS_REGULAR);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/dangling", 0), CDP_FS_SYMLINK);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/dangling", 1), CDP_FS_ABSENT);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/circle", 0), CDP_FS_SYMLINK);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/circle", 1), CDP_FS_ABSENT);
    assert_int_equal(look(&f, CDP_FS_STATE, "/circle", 1, &info), CDP_ERR_DENIED);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/none", 0), CDP_FS_ABSENT);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/none/deep", 0), CDP_FS_ABSENT);
    assert_int_equal(kind(&f, CDP_FS_REVISION, "/file/deep", 0), CDP_FS_ABSENT);
    assert_int_equal(look(&f, CDP_FS_REVISION, "/out", 1, &info), CDP_ERR_DENIED);
    assert_int_equal(look(&f, CDP_FS_REVISION, "/out/x", 0, &info), CDP_ERR_DENIED);
    expect_words(&f, "a link or path leads out of the place that it belongs to");
    assert_int_equal(look(&f, CDP_FS_STATE, "/link", 1, &info), CDP_ERR_DENIED);
    assert_int_equal(look(&f, CDP_FS_REVISION, "relative", 0, &info), CDP_ERR_ARGUMENT);
    assert_int_equal(look(&f, CDP_FS_REVISION, "/..", 0, &info), CDP_ERR_ARGUMENT);
    assert_int_equal(look(&f, (cdp_fs_root)9, "/file", 0, &info), CDP_ERR_ARGUMENT);
    close_files(&f);
}

static void destination_is_like_a_root_directory(void **state)
{
    fixture f = open_files(*state);

    scratch_directory(scratch_path(*state, "dst/real"));
    scratch_write(scratch_path(*state, "dst/real/file"), 0644, "x", 1);
    scratch_write(scratch_path(*state, "outside"), 0644, "keep", 4);
    assert_int_equal(symlink("/real", scratch_path(*state, "dst/abs")), 0);
    assert_int_equal(symlink("../../../..", scratch_path(*state, "dst/real/up")), 0);
    assert_int_equal(kind(&f, CDP_FS_DESTINATION, "/abs/file", 0), CDP_FS_REGULAR);
    assert_int_equal(kind(&f, CDP_FS_DESTINATION, "/real/up/real", 0), CDP_FS_DIRECTORY);
    assert_int_equal(kind(&f, CDP_FS_DESTINATION, "/real/up/outside", 0), CDP_FS_ABSENT);
    assert_int_equal(f.fs.make_directory(CDP_FS_DESTINATION, str("/real/up/made"), 0755, f.fs.user),
                     CDP_OK);
    assert_true(scratch_exists(scratch_path(*state, "dst/made")));
    close_files(&f);
}

static size_t list(const fixture *f, const char *path, int want_bytes, cdp_fs_listing *listing,
                   cdp_status expected)
{
    cdp_fs_listing_clear(listing);
    assert_int_equal(f->fs.list(CDP_FS_REVISION, str(path), want_bytes, listing, f->fs.user),
                     expected);
    assert_int_equal(cdp_fs_listing_sort(listing), CDP_OK);
    return cdp_fs_listing_count(listing);
}

/* Whoever may write to a destination could put a link in the place of a staging folder. */
static void staging_is_not_reached_through_links(void **state)
{
    fixture f = open_files(*state);
    cdp_fs_info info;

    scratch_directory(scratch_path(*state, "dst/a"));
    scratch_directory(scratch_path(*state, "dst/a/.codedeploy-1"));
    scratch_directory(scratch_path(*state, "dst/a/.codedeploy-1/n0"));
    scratch_directory(scratch_path(*state, "dst/etc"));
    scratch_write(scratch_path(*state, "rev/file"), 0644, "x", 1);
    assert_int_equal(symlink("../etc", scratch_path(*state, "dst/a/.codedeploy-2")), 0);
    assert_int_equal(symlink("../../../etc", scratch_path(*state, "dst/a/.codedeploy-1/n1")), 0);
    assert_int_equal(symlink("a", scratch_path(*state, "dst/way")), 0);
    assert_int_equal(copy(&f, "/file", "/way/.codedeploy-1/n0/x", 0), CDP_OK);
    assert_int_equal(copy(&f, "/file", "/a/.codedeploy-1/n0/y", 0), CDP_OK);
    assert_int_equal(copy(&f, "/file", "/a/.codedeploy-2/x", 0), CDP_ERR_DENIED);
    assert_int_equal(copy(&f, "/file", "/a/.codedeploy-1/n1/x", 0), CDP_ERR_DENIED);
    assert_int_equal(look(&f, CDP_FS_DESTINATION, "/a/.codedeploy-2/x", 0, &info), CDP_ERR_DENIED);
    assert_false(scratch_exists(scratch_path(*state, "dst/etc/x")));
    close_files(&f);
}

static void listing(void **state)
{
    fixture f = open_files(*state);
    cdp_fs_listing *names;
    cdp_string name;
    cdp_fs_kind found;
    uint64_t bytes;

    scratch_directory(scratch_path(*state, "rev/d"));
    scratch_write(scratch_path(*state, "rev/d/\xFF\n x"), 0644, "123", 3);
    scratch_directory(scratch_path(*state, "rev/d/dir"));
    assert_int_equal(mkfifo(scratch_path(*state, "rev/d/fifo"), 0600), 0);
    assert_int_equal(symlink("/", scratch_path(*state, "rev/d/link")), 0);
    assert_int_equal(symlink("d", scratch_path(*state, "rev/to-d")), 0);
    assert_int_equal(cdp_fs_listing_new(NULL, &names), CDP_OK);
    assert_int_equal(list(&f, "/d", 1, names, CDP_OK), 4);
    assert_int_equal(cdp_fs_listing_at(names, 0, &name, &found, &bytes), CDP_OK);
    assert_int_equal(found, CDP_FS_DIRECTORY);
    assert_int_equal(cdp_fs_listing_at(names, 1, &name, &found, &bytes), CDP_OK);
    assert_int_equal(found, CDP_FS_OTHER);
    assert_int_equal(cdp_fs_listing_at(names, 2, &name, &found, &bytes), CDP_OK);
    assert_int_equal(found, CDP_FS_SYMLINK);
    assert_int_equal(cdp_fs_listing_at(names, 3, &name, &found, &bytes), CDP_OK);
    assert_string_equal(name.data, "\xFF\n x");
    assert_int_equal(bytes, 3);
    assert_int_equal(list(&f, "/to-d", 0, names, CDP_OK), 4);
    assert_int_equal(list(&f, "/", 0, names, CDP_OK), 2);
    list(&f, "/d/fifo", 0, names, CDP_ERR_CONFLICT);
    list(&f, "/none", 0, names, CDP_ERR_NOT_FOUND);
    list(&f, "/d/link", 0, names, CDP_ERR_DENIED);
    cdp_fs_listing_free(names);
    close_files(&f);
}

static void reading(void **state)
{
    fixture f = open_files(*state);
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    scratch_write(scratch_path(*state, "rev/file"), 0644, "a\0b", 3);
    assert_int_equal(mkfifo(scratch_path(*state, "rev/fifo"), 0600), 0);
    assert_int_equal(symlink("../\xFFx", scratch_path(*state, "rev/link")), 0);
    assert_int_equal(f.fs.read_file(CDP_FS_REVISION, str("/file"), 3, text, f.fs.user), CDP_OK);
    assert_int_equal(cdp_text_string(text).length, 3);
    assert_memory_equal(cdp_text_string(text).data, "a\0b", 3);
    assert_int_equal(f.fs.read_file(CDP_FS_REVISION, str("/file"), 2, text, f.fs.user),
                     CDP_ERR_LIMIT);
    assert_int_equal(f.fs.read_file(CDP_FS_REVISION, str("/fifo"), 9, text, f.fs.user),
                     CDP_ERR_CONFLICT);
    assert_int_equal(f.fs.read_file(CDP_FS_REVISION, str("/link"), 9, text, f.fs.user),
                     CDP_ERR_DENIED);
    assert_int_equal(cdp_text_string(text).length, 3);
    cdp_text_clear(text);
    assert_int_equal(f.fs.read_link(CDP_FS_REVISION, str("/link"), text, f.fs.user), CDP_OK);
    assert_string_equal(cdp_text_string(text).data, "../\xFFx");
    assert_int_equal(f.fs.read_link(CDP_FS_REVISION, str("/file"), text, f.fs.user),
                     CDP_ERR_CONFLICT);
    cdp_text_free(text);
    close_files(&f);
}

static void copying_keeps_what_is_asked_for(void **state)
{
    const struct timespec times[2] = {{1000000, 5}, {1234567890, 123456789}};
    const char *from = scratch_path(*state, "rev/file");
    bool has_attributes;
    fixture f = open_files(*state);
    cdp_fs_info info;
    char value[8] = "";

    scratch_write(from, 0644, "content", 7);
    has_attributes = setxattr(from, "user.test", "kept", 4, 0) == 0;
    assert_int_equal(chmod(from, 04751), 0);
    assert_int_equal(utimensat(AT_FDCWD, from, times, 0), 0);
    assert_int_equal(copy(&f, "/file", "/all", 15), CDP_OK);
    assert_int_equal(look(&f, CDP_FS_DESTINATION, "/all", 0, &info), CDP_OK);
    assert_int_equal(info.mode, 04751);
    assert_int_equal(info.modified_seconds, 1234567890);
    assert_int_equal(info.modified_nanoseconds, 123456789);
    assert_string_equal(scratch_read(scratch_path(*state, "dst/all"), NULL), "content");
    if (has_attributes) {
        assert_int_equal(getxattr(scratch_path(*state, "dst/all"), "user.test", value, 8), 4);
        assert_string_equal(value, "kept");
    }
    assert_int_equal(copy(&f, "/file", "/bare", 0), CDP_OK);
    assert_int_equal(look(&f, CDP_FS_DESTINATION, "/bare", 0, &info), CDP_OK);
    assert_int_equal(info.mode, 0600);
    assert_true(info.modified_seconds > 1234567890);
    assert_int_equal(getxattr(scratch_path(*state, "dst/bare"), "user.test", value, 8), -1);
    if (geteuid() == 0) {
        assert_int_equal(chown(from, 1234, 4321), 0);
        assert_int_equal(chmod(from, 06755), 0);
        assert_int_equal(copy(&f, "/file", "/owned", 15), CDP_OK);
        assert_int_equal(look(&f, CDP_FS_DESTINATION, "/owned", 0, &info), CDP_OK);
        assert_int_equal(info.owner, 1234);
        assert_int_equal(info.group, 4321);
        assert_int_equal(info.mode, 06755);
        /* Another owner would get rights that nobody meant him to have. */
        assert_int_equal(copy(&f, "/file", "/mine", CDP_FS_KEEP_MODE), CDP_OK);
        assert_int_equal(look(&f, CDP_FS_DESTINATION, "/mine", 0, &info), CDP_OK);
        assert_int_equal(info.owner, 0);
        assert_int_equal(info.mode, 0755);
    }
    close_files(&f);
}

static void copying_keeps_holes(void **state)
{
    fixture f = open_files(*state);
    const char *from = scratch_path(*state, "rev/sparse");
    struct stat info;
    char *content;
    size_t length;
    int fd = open(from, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

    assert_int_equal(pwrite(fd, "begin", 5, 1 << 20), 5);
    assert_int_equal(pwrite(fd, "end", 3, (1 << 24) + 7), 3);
    assert_int_equal(ftruncate(fd, (1 << 25) + 1), 0);
    close(fd);
    assert_int_equal(copy(&f, "/sparse", "/sparse", 0), CDP_OK);
    assert_int_equal(stat(scratch_path(*state, "dst/sparse"), &info), 0);
    assert_int_equal(info.st_size, (1 << 25) + 1);
    assert_true(info.st_blocks * 512 < 1 << 20);
    content = scratch_read(scratch_path(*state, "dst/sparse"), &length);
    assert_memory_equal(content + (1 << 20), "begin", 5);
    assert_memory_equal(content + (1 << 24) + 7, "end", 3);
    assert_int_equal(content[length - 1], 0);
    close_files(&f);
}

typedef struct heard {
    uint64_t bytes;
    unsigned calls;
    unsigned stop_at;
} heard;

static cdp_status tell(uint64_t bytes, void *user)
{
    heard *told = user;

    assert_true(bytes <= 16 << 20);
    told->bytes += bytes;
    return ++told->calls == told->stop_at ? CDP_ERR_CANCELLED : CDP_OK;
}

static void copying_tells_progress(void **state)
{
    enum { SIZE = (40 << 20) + 12345 };
    fixture f = open_files(*state);
    const char *from = scratch_path(*state, "rev/large");
    char *content = malloc(SIZE);
    heard told = {0};
    cdp_fs_progress progress = {sizeof progress, tell, &told};
    size_t length;

    for (size_t i = 0; i < SIZE; i++)
        content[i] = (char)(i * 7 + (i >> 13));
    scratch_write(from, 0644, content, SIZE);
    assert_int_equal(f.fs.copy_file(CDP_FS_REVISION, str("/large"), CDP_FS_DESTINATION,
                                    str("/large"), 0, &progress, f.fs.user),
                     CDP_OK);
    assert_true(told.bytes == SIZE);
    assert_memory_equal(scratch_read(scratch_path(*state, "dst/large"), &length), content, SIZE);
    assert_int_equal(length, SIZE);
    told = (heard){.stop_at = 1};
    assert_int_equal(f.fs.copy_file(CDP_FS_REVISION, str("/large"), CDP_FS_DESTINATION,
                                    str("/stopped"), 0, &progress, f.fs.user),
                     CDP_ERR_CANCELLED);
    assert_false(scratch_exists(scratch_path(*state, "dst/stopped")));
    free(content);
    close_files(&f);
}

static void copying_never_writes_through(void **state)
{
    fixture f = open_files(*state);

    scratch_write(scratch_path(*state, "rev/file"), 0644, "new", 3);
    scratch_write(scratch_path(*state, "victim"), 0644, "old", 3);
    scratch_write(scratch_path(*state, "dst/there"), 0644, "old", 3);
    assert_int_equal(symlink("../victim", scratch_path(*state, "dst/link")), 0);
    assert_int_equal(symlink("file", scratch_path(*state, "rev/link")), 0);
    assert_int_equal(mkfifo(scratch_path(*state, "rev/fifo"), 0600), 0);
    scratch_directory(scratch_path(*state, "dst/dir"));
    assert_int_equal(copy(&f, "/file", "/there", 15), CDP_ERR_CONFLICT);
    assert_int_equal(copy(&f, "/file", "/link", 15), CDP_ERR_CONFLICT);
    assert_int_equal(copy(&f, "/file", "/dir", 15), CDP_ERR_CONFLICT);
    assert_int_equal(copy(&f, "/link", "/x", 15), CDP_ERR_CONFLICT);
    assert_int_equal(copy(&f, "/fifo", "/x", 15), CDP_ERR_CONFLICT);
    assert_int_equal(copy(&f, "/none", "/x", 15), CDP_ERR_NOT_FOUND);
    expect_words(&f, "No such file or directory");
    assert_int_equal(copy(&f, "/file", "/none/x", 15), CDP_ERR_NOT_FOUND);
    assert_string_equal(scratch_read(scratch_path(*state, "victim"), NULL), "old");
    assert_string_equal(scratch_read(scratch_path(*state, "dst/there"), NULL), "old");
    assert_false(scratch_exists(scratch_path(*state, "dst/x")));
    close_files(&f);
}

static cdp_status move(const fixture *f, const char *from, const char *to, int replace)
{
    return f->fs.rename(CDP_FS_DESTINATION, str(from), str(to), replace, f->fs.user);
}

static void renaming(void **state)
{
    fixture f = open_files(*state);

    scratch_write(scratch_path(*state, "dst/a"), 0644, "a", 1);
    scratch_write(scratch_path(*state, "dst/b"), 0644, "b", 1);
    scratch_directory(scratch_path(*state, "dst/d"));
    scratch_directory(scratch_path(*state, "dst/e"));
    assert_int_equal(move(&f, "/a", "/b", 0), CDP_ERR_CONFLICT);
    assert_int_equal(move(&f, "/d", "/e", 0), CDP_ERR_CONFLICT);
    assert_int_equal(move(&f, "/a", "/e", 1), CDP_ERR_CONFLICT);
    assert_int_equal(move(&f, "/d", "/e", 1), CDP_ERR_CONFLICT);
    assert_int_equal(move(&f, "/d", "/b", 1), CDP_ERR_CONFLICT);
    assert_int_equal(move(&f, "/none", "/x", 1), CDP_ERR_NOT_FOUND);
    assert_int_equal(move(&f, "/a", "/none/x", 1), CDP_ERR_NOT_FOUND);
    assert_int_equal(move(&f, "/a", "/b", 1), CDP_OK);
    assert_string_equal(scratch_read(scratch_path(*state, "dst/b"), NULL), "a");
    assert_int_equal(move(&f, "/b", "/d/c", 0), CDP_OK);
    assert_int_equal(move(&f, "/d", "/f", 0), CDP_OK);
    assert_int_equal(kind(&f, CDP_FS_DESTINATION, "/f/c", 0), CDP_FS_REGULAR);
    assert_int_equal(kind(&f, CDP_FS_DESTINATION, "/d/c", 0), CDP_FS_ABSENT);
    close_files(&f);
}

/* The directory that was worked in last is remembered: it must be forgotten when it moves. */
static void moved_directories_are_looked_up_again(void **state)
{
    fixture f = open_files(*state);

    scratch_directory(scratch_path(*state, "dst/one"));
    scratch_directory(scratch_path(*state, "dst/two"));
    scratch_write(scratch_path(*state, "dst/two/file"), 0644, "", 0);
    assert_int_equal(symlink("one", scratch_path(*state, "dst/link")), 0);
    assert_int_equal(symlink("two", scratch_path(*state, "dst/other")), 0);
    assert_int_equal(kind(&f, CDP_FS_DESTINATION, "/one/file", 0), CDP_FS_ABSENT);
    assert_int_equal(move(&f, "/one", "/three", 0), CDP_OK);
    assert_int_equal(move(&f, "/two", "/one", 0), CDP_OK);
    assert_int_equal(kind(&f, CDP_FS_DESTINATION, "/one/file", 0), CDP_FS_REGULAR);
    assert_int_equal(kind(&f, CDP_FS_DESTINATION, "/link/file", 0), CDP_FS_REGULAR);
    assert_int_equal(move(&f, "/other", "/link", 1), CDP_OK);
    assert_int_equal(kind(&f, CDP_FS_DESTINATION, "/link/file", 0), CDP_FS_ABSENT);
    assert_int_equal(kind(&f, CDP_FS_DESTINATION, "/one/file", 0), CDP_FS_REGULAR);
    assert_int_equal(f.fs.remove_file(CDP_FS_DESTINATION, str("/one/file"), f.fs.user), CDP_OK);
    assert_int_equal(f.fs.remove_directory(CDP_FS_DESTINATION, str("/one"), f.fs.user), CDP_OK);
    assert_int_equal(f.fs.make_directory(CDP_FS_DESTINATION, str("/one"), 0755, f.fs.user), CDP_OK);
    assert_int_equal(f.fs.make_directory(CDP_FS_DESTINATION, str("/one/x"), 0755, f.fs.user),
                     CDP_OK);
    assert_true(scratch_exists(scratch_path(*state, "dst/one/x")));
    close_files(&f);
}

static void linking_and_removing(void **state)
{
    fixture f = open_files(*state);
    cdp_fs_info info;

    scratch_write(scratch_path(*state, "dst/a"), 0644, "a", 1);
    scratch_directory(scratch_path(*state, "dst/d"));
    scratch_write(scratch_path(*state, "dst/d/in"), 0644, "", 0);
    assert_int_equal(f.fs.hard_link(CDP_FS_DESTINATION, str("/a"), str("/d/b"), f.fs.user), CDP_OK);
    assert_int_equal(look(&f, CDP_FS_DESTINATION, "/a", 0, &info), CDP_OK);
    assert_int_equal(info.links, 2);
    assert_int_equal(f.fs.hard_link(CDP_FS_DESTINATION, str("/a"), str("/d/b"), f.fs.user),
                     CDP_ERR_CONFLICT);
    assert_int_equal(f.fs.make_symlink(CDP_FS_DESTINATION, str("/l"), str("\xFF/../x"), f.fs.user),
                     CDP_OK);
    assert_int_equal(f.fs.make_symlink(CDP_FS_DESTINATION, str("/l"), str("y"), f.fs.user),
                     CDP_ERR_CONFLICT);
    assert_int_equal(f.fs.hard_link(CDP_FS_DESTINATION, str("/l"), str("/l2"), f.fs.user), CDP_OK);
    assert_int_equal(kind(&f, CDP_FS_DESTINATION, "/l2", 0), CDP_FS_SYMLINK);
    assert_int_equal(f.fs.remove_file(CDP_FS_DESTINATION, str("/d"), f.fs.user), CDP_ERR_CONFLICT);
    assert_int_equal(f.fs.remove_file(CDP_FS_DESTINATION, str("/l"), f.fs.user), CDP_OK);
    assert_int_equal(f.fs.remove_file(CDP_FS_DESTINATION, str("/l"), f.fs.user), CDP_ERR_NOT_FOUND);
    assert_int_equal(f.fs.remove_directory(CDP_FS_DESTINATION, str("/d"), f.fs.user),
                     CDP_ERR_CONFLICT);
    assert_int_equal(f.fs.remove_directory(CDP_FS_DESTINATION, str("/a"), f.fs.user),
                     CDP_ERR_CONFLICT);
    assert_int_equal(f.fs.remove_directory(CDP_FS_DESTINATION, str("/none"), f.fs.user),
                     CDP_ERR_NOT_FOUND);
    close_files(&f);
}

static void records(void **state)
{
    fixture f = open_files(*state);
    struct stat info;

    scratch_write(scratch_path(*state, "st/r.new"), 0644, "left by a crash", 15);
    assert_int_equal(f.fs.write_file(CDP_FS_STATE, str("/r"), str("one"), f.fs.user), CDP_OK);
    assert_int_equal(f.fs.write_file(CDP_FS_STATE, str("/r"), str(""), f.fs.user), CDP_OK);
    assert_int_equal(f.fs.append_file(CDP_FS_STATE, str("/r"), str("two"), f.fs.user), CDP_OK);
    assert_int_equal(f.fs.append_file(CDP_FS_STATE, str("/r"), str("three"), f.fs.user), CDP_OK);
    assert_string_equal(scratch_read(scratch_path(*state, "st/r"), NULL), "twothree");
    assert_int_equal(stat(scratch_path(*state, "st/r"), &info), 0);
    assert_int_equal(info.st_mode & 0177, 0);
    assert_false(scratch_exists(scratch_path(*state, "st/r.new")));
    assert_int_equal(symlink("../victim", scratch_path(*state, "st/link")), 0);
    assert_int_equal(f.fs.append_file(CDP_FS_STATE, str("/link"), str("x"), f.fs.user),
                     CDP_ERR_DENIED);
    assert_int_equal(f.fs.write_file(CDP_FS_STATE, str("/link"), str("x"), f.fs.user), CDP_OK);
    assert_false(scratch_exists(scratch_path(*state, "victim")));
    assert_int_equal(f.fs.sync_file(CDP_FS_STATE, str("/r"), f.fs.user), CDP_OK);
    assert_int_equal(f.fs.sync_directory(CDP_FS_STATE, str("/"), f.fs.user), CDP_OK);
    assert_int_equal(f.fs.sync_all(CDP_FS_STATE, f.fs.user), CDP_OK);
    assert_int_equal(f.fs.sync_all(CDP_FS_DESTINATION, f.fs.user), CDP_OK);
    assert_int_equal(f.fs.sync_file(CDP_FS_STATE, str("/none"), f.fs.user), CDP_ERR_NOT_FOUND);
    close_files(&f);
}

/* ---------------------------------------------------------------------------------------------
 * What the system refuses
 */

static int on_small_disk(const char *folder)
{
    const char *disk = scratch_path(folder, "dst/disk");
    char *content = calloc(1, 1 << 20);
    fixture f;
    int failed;

    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("none", disk, "tmpfs", 0, "size=128k") != 0)
        return 77;
    f = open_files(folder);
    memset(content, 'x', 1 << 20);
    scratch_write(scratch_path(folder, "rev/large"), 0644, content, 1 << 20);
    scratch_write(scratch_path(folder, "rev/small"), 0644, content, 100);
    failed = copy(&f, "/large", "/disk/large", 0) != CDP_ERR_FULL ||
             scratch_exists(scratch_path(folder, "dst/disk/large"));
    expect_words(&f, "No space left on device");
    failed |= copy(&f, "/small", "/disk/small", 0) != CDP_OK;
    failed |= f.fs.write_file(CDP_FS_DESTINATION, str("/disk/small"),
                              (cdp_string){content, 1 << 20}, f.fs.user) != CDP_ERR_FULL;
    failed |= f.fs.append_file(CDP_FS_DESTINATION, str("/disk/small"),
                               (cdp_string){content, 1 << 20}, f.fs.user) != CDP_ERR_FULL;
    failed |= strlen(scratch_read(scratch_path(folder, "dst/disk/small"), NULL)) != 100;
    failed |= mount("none", disk, NULL, MS_REMOUNT | MS_RDONLY, NULL) != 0 ||
              copy(&f, "/small", "/disk/other", 0) != CDP_ERR_DENIED;
    expect_words(&f, "Read-only file system");
    close_files(&f);
    free(content);
    return failed;
}

static void full_and_read_only_disks(void **state)
{
    pid_t child;
    int status;
    fixture f = open_files(*state);

    close_files(&f);
    scratch_directory(scratch_path(*state, "dst/disk"));
    child = fork();
    if (child == 0)
        _exit(on_small_disk(*state));
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WEXITSTATUS(status) == 77)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int as_nobody(const char *folder)
{
    fixture f = open_files(folder);
    int failed = copy(&f, "/file", "/denied/x", 0) != CDP_ERR_DENIED;

    expect_words(&f, "Permission denied");
    failed |= copy(&f, "/secret", "/x", 0) != CDP_ERR_DENIED;
    close_files(&f);
    return failed;
}

static void permissions_are_told(void **state)
{
    fixture f = open_files(*state);

    close_files(&f);
    scratch_write(scratch_path(*state, "rev/file"), 0644, "x", 1);
    scratch_write(scratch_path(*state, "rev/secret"), 0, "x", 1);
    scratch_directory(scratch_path(*state, "dst/denied"));
    assert_int_equal(chmod(scratch_path(*state, "dst/denied"), 0500), 0);
    assert_int_equal(chmod(scratch_path(*state, "dst"), 0777), 0);
    assert_int_equal(scratch_as_nobody(as_nobody, *state), 0);
}

static void roots_that_cannot_be_used(void **state)
{
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    cdp_posix_files *files = NULL;
    cdp_posix_files_options options = {.size = sizeof options,
                                       .state = str(scratch_path(*state, "none"))};
    cdp_fs fs = {.size = sizeof fs};
    cdp_fs_info info = {.size = sizeof info};

    assert_int_equal(cdp_posix_files_new(&options, diagnostics, &files), CDP_ERR_NOT_FOUND);
    assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_HOST_DIRECTORY_UNUSABLE));
    assert_null(files);
    options.state = str(NULL);
    options.sync = (cdp_posix_sync)7;
    assert_int_equal(cdp_posix_files_new(&options, NULL, &files), CDP_ERR_ARGUMENT);
    options.sync = CDP_POSIX_SYNC_NONE;
    assert_int_equal(cdp_posix_files_new(&options, NULL, &files), CDP_OK);
    assert_int_equal(cdp_posix_files_callbacks(files, &fs), CDP_OK);
    assert_int_equal(fs.info(CDP_FS_DESTINATION, str("/proc"), 0, &info, fs.user), CDP_OK);
    assert_int_equal(info.kind, CDP_FS_DIRECTORY);
    assert_int_equal(fs.info(CDP_FS_REVISION, str("/x"), 0, &info, fs.user), CDP_OK);
    assert_int_equal(fs.remove_file(CDP_FS_REVISION, str("/x"), fs.user), CDP_ERR_NOT_FOUND);
    cdp_posix_files_free(files);
    cdp_posix_files_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_scratch(looking),
        in_scratch(destination_is_like_a_root_directory),
        in_scratch(staging_is_not_reached_through_links),
        in_scratch(listing),
        in_scratch(reading),
        in_scratch(copying_keeps_what_is_asked_for),
        in_scratch(copying_keeps_holes),
        in_scratch(copying_tells_progress),
        in_scratch(copying_never_writes_through),
        in_scratch(renaming),
        in_scratch(moved_directories_are_looked_up_again),
        in_scratch(linking_and_removing),
        in_scratch(records),
        in_scratch(full_and_read_only_disks),
        in_scratch(permissions_are_told),
        in_scratch(roots_that_cannot_be_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
