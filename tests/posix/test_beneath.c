/* SPDX-License-Identifier: MIT */
/* Nothing leads out of a root: the kernel's way and our own walk give the same answers. */
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "beneath.h"

typedef int opener(int root, const char *path, int flags, mode_t mode, px_links links);

static opener *const openers[] = {px_open_beneath, px_open_walking};

static void make_tree(const char *folder)
{
    scratch_directory(scratch_path(folder, "root"));
    scratch_directory(scratch_path(folder, "root/a"));
    scratch_directory(scratch_path(folder, "root/a/b"));
    scratch_write(scratch_path(folder, "root/a/b/file"), 0644, "inside", 6);
    scratch_write(scratch_path(folder, "root/secret"), 0644, "root's", 6);
    scratch_write(scratch_path(folder, "secret"), 0644, "outside", 7);
    assert_int_equal(symlink("a/b", scratch_path(folder, "root/in")), 0);
    assert_int_equal(symlink("/a/b", scratch_path(folder, "root/abs")), 0);
    assert_int_equal(symlink("..", scratch_path(folder, "root/up")), 0);
    assert_int_equal(symlink("../secret", scratch_path(folder, "root/out")), 0);
    assert_int_equal(symlink("loop", scratch_path(folder, "root/loop")), 0);
    assert_int_equal(symlink("nothing", scratch_path(folder, "root/dangling")), 0);
    assert_int_equal(symlink(".", scratch_path(folder, "root/dot")), 0);
    assert_int_equal(symlink("../../dot/..", scratch_path(folder, "root/a/b/sly")), 0);
    assert_int_equal(symlink("in/../../in/file", scratch_path(folder, "root/winding")), 0);
    assert_int_equal(symlink("/secret", scratch_path(folder, "root/a/absolute")), 0);
}

/* What opening a path gives: the content, or an errno, for links inside, as in chroot, and none. */
static const struct {
    const char *path;
    const char *content[3];
    int error[3];
} cases[] = {
    {"a/b/file", {"inside", "inside", "inside"}, {0}},
    {"a//b/./file", {"inside", "inside", "inside"}, {0}},
    {"a/../a/b/file", {"inside", "inside", "inside"}, {0}},
    {"in/file", {"inside", "inside", NULL}, {0, 0, ELOOP}},
    {"winding", {"inside", "inside", NULL}, {0, 0, ELOOP}},
    {"abs/file", {NULL, "inside", NULL}, {EXDEV, 0, ELOOP}},
    {"a/absolute", {NULL, "root's", NULL}, {EXDEV, 0, ELOOP}},
    {"../secret", {NULL, "root's", NULL}, {EXDEV, 0, EXDEV}},
    {"a/../../secret", {NULL, "root's", NULL}, {EXDEV, 0, EXDEV}},
    {"out", {NULL, "root's", NULL}, {EXDEV, 0, ELOOP}},
    {"up/secret", {NULL, "root's", NULL}, {EXDEV, 0, ELOOP}},
    {"up/root/secret", {NULL, NULL, NULL}, {EXDEV, ENOENT, ELOOP}},
    {"a/b/sly/secret", {NULL, "root's", NULL}, {EXDEV, 0, ELOOP}},
    {"in/../../secret", {"root's", "root's", NULL}, {0, 0, ELOOP}},
    {"loop", {NULL, NULL, NULL}, {ELOOP, ELOOP, ELOOP}},
    {"dangling", {NULL, NULL, NULL}, {ENOENT, ENOENT, ELOOP}},
    {"nothing/file", {NULL, NULL, NULL}, {ENOENT, ENOENT, ENOENT}},
    {"a/b/file/x", {NULL, NULL, NULL}, {ENOTDIR, ENOTDIR, ENOTDIR}},
    {"dot/dot/secret", {"root's", "root's", NULL}, {0, 0, ELOOP}},
};

static void check(opener *open_it, int root, size_t index, px_links links)
{
    int fd = open_it(root, cases[index].path, O_RDONLY, 0, links);
    int error = errno;
    char content[16] = "";

    if (!cases[index].content[links]) {
        if (fd >= 0 || error != cases[index].error[links])
            fail_msg("%s, links %d: %d, errno %d", cases[index].path, (int)links, fd, error);
        return;
    }
    if (fd < 0)
        fail_msg("%s, links %d: errno %d", cases[index].path, (int)links, error);
    assert_true(read(fd, content, sizeof content - 1) >= 0);
    assert_string_equal(content, cases[index].content[links]);
    close(fd);
}

static void both_ways_agree(void **state)
{
    int root;

    make_tree(*state);
    root = open(scratch_path(*state, "root"), O_PATH | O_DIRECTORY | O_CLOEXEC);
    assert_true(root >= 0);
    for (size_t way = 0; way < 2; way++) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            check(openers[way], root, i, PX_LINKS_INSIDE);
            check(openers[way], root, i, PX_LINKS_CHROOT);
            check(openers[way], root, i, PX_LINKS_NONE);
        }
    }
    close(root);
}

static void last_component(void **state)
{
    int root;

    make_tree(*state);
    root = open(scratch_path(*state, "root"), O_PATH | O_DIRECTORY | O_CLOEXEC);
    for (size_t way = 0; way < 2; way++) {
        struct stat info;
        int fd = openers[way](root, "out", O_PATH | O_NOFOLLOW, 0, PX_LINKS_NONE);

        assert_int_equal(fstat(fd, &info), 0);
        assert_true(S_ISLNK(info.st_mode));
        close(fd);
        assert_int_equal(openers[way](root, "in", O_RDONLY | O_NOFOLLOW, 0, PX_LINKS_INSIDE), -1);
        assert_int_equal(errno, ELOOP);
        fd = openers[way](root, "in/new", O_WRONLY | O_CREAT | O_EXCL, 0640, PX_LINKS_INSIDE);
        assert_int_equal(fstat(fd, &info), 0);
        assert_int_equal(info.st_mode & 0777 & ~0640u, 0);
        close(fd);
        assert_int_equal(unlink(scratch_path(*state, "root/a/b/new")), 0);
        assert_int_equal(
            openers[way](root, "out", O_WRONLY | O_CREAT | O_EXCL, 0600, PX_LINKS_INSIDE), -1);
        assert_int_equal(errno, EEXIST);
        fd = openers[way](root, "", O_RDONLY | O_DIRECTORY, 0, PX_LINKS_NONE);
        assert_true(fd >= 0);
        close(fd);
    }
    close(root);
}

/* A path far longer than one call takes, and one that needs many descriptors. */
static void deep_paths(void **state)
{
    int root;
    char path[2048] = "";

    scratch_directory(scratch_path(*state, "root"));
    root = open(scratch_path(*state, "root"), O_PATH | O_DIRECTORY | O_CLOEXEC);
    for (int depth = 0; depth < 300; depth++) {
        strcat(path, depth ? "/d" : "d");
        assert_int_equal(mkdirat(root, path, 0755), 0);
    }
    for (size_t way = 0; way < 2; way++) {
        int fd = openers[way](root, path, O_RDONLY | O_DIRECTORY, 0, PX_LINKS_INSIDE);

        assert_true(fd >= 0);
        close(fd);
    }
    close(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_scratch(both_ways_agree),
        in_scratch(last_component),
        in_scratch(deep_paths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
