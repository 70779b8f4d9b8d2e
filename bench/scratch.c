/* SPDX-License-Identifier: MIT */
#include "scratch.h"

#include <codedeploy-posix/codedeploy-posix.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES_A_DIRECTORY = 100, PACKAGES_A_MODULE = 20, CHUNK = 1 << 20 };

static pid_t running;

static void stop(int signal)
{
    (void)signal;
    if (running > 0)
        kill(-running, SIGKILL);
}

static bool is_in_memory(const char *path)
{
    struct statfs info;

    return statfs(path, &info) == 0 && (info.f_type == TMPFS_MAGIC || info.f_type == RAMFS_MAGIC);
}

bool scratch_has_room(const scratch *place, uint64_t bytes)
{
    struct statfs info;

    return statfs(place->path, &info) == 0 &&
           (uint64_t)info.f_bavail * (uint64_t)info.f_bsize >= bytes;
}

void scratch_join(const scratch *place, const char *name, char path[SCRATCH_PATH])
{
    snprintf(path, SCRATCH_PATH, "%.400s/%.100s", place->path, name);
}

bool scratch_remove(const char *path)
{
    return cdp_posix_remove_tree((cdp_string){path, strlen(path)}) == CDP_OK;
}

/* The work is done by a process group of its own, so that all of it can be ended. */
static bool run_at(bool (*work)(const scratch *place), const scratch *place)
{
    int status = 0;

    fflush(stdout);
    running = fork();
    if (running == 0) {
        setpgid(0, 0);
        exit(work(place) ? 0 : 1);
    }
    if (running < 0)
        return false;
    setpgid(running, running);
    while (waitpid(running, &status, 0) < 0 && errno == EINTR)
        ;
    kill(-running, SIGKILL);
    running = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool run_in(bool (*work)(const scratch *place), const char *kind, const char *parent,
                   bool in_memory, uint64_t bytes)
{
    scratch place = {.kind = kind};
    bool done = true;

    snprintf(place.path, sizeof place.path, "%.400s/codedeploy-bench.XXXXXX", parent);
    if (is_in_memory(parent) != in_memory || !mkdtemp(place.path)) {
        printf("passed over: %s (%s is none)\n", kind, parent);
        return true;
    }
    if (scratch_has_room(&place, bytes))
        done = run_at(work, &place);
    else
        printf("passed over: %s (%s has not enough room)\n", kind, parent);
    return scratch_remove(place.path) && done;
}

bool scratch_run(bool (*work)(const scratch *place), uint64_t bytes)
{
    const struct sigaction action = {.sa_handler = stop};
    char here[SCRATCH_PATH];
    bool done;

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    done = run_in(work, "tmpfs", "/dev/shm", true, bytes);
    if (!getcwd(here, sizeof here))
        return false;
    return run_in(work, "disk", here, false, bytes) && done;
}

bool scratch_make_file(const char *path, const char *content, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool done = fd >= 0 && write(fd, content, length) == (ssize_t)length;

    if (fd >= 0)
        close(fd);
    if (!done)
        perror(path);
    return done;
}

bool scratch_make_directory(const char *path)
{
    if (mkdir(path, 0755) == 0 || errno == EEXIST)
        return true;
    perror(path);
    return false;
}

bool scratch_make_tree(const char *path, unsigned count, size_t bytes)
{
    char name[SCRATCH_PATH + 64];
    char *content = calloc(1, bytes + 1);
    bool done = content && scratch_make_directory(path);

    for (unsigned i = 0; i < count && done; i++) {
        unsigned package = i / FILES_A_DIRECTORY;
        unsigned module = package / PACKAGES_A_MODULE;

        if (i % (FILES_A_DIRECTORY * PACKAGES_A_MODULE) == 0) {
            snprintf(name, sizeof name, "%s/mod%03u", path, module);
            done = scratch_make_directory(name);
        }
        if (done && i % FILES_A_DIRECTORY == 0) {
            snprintf(name, sizeof name, "%s/mod%03u/pkg%04u", path, module, package);
            done = scratch_make_directory(name);
        }
        snprintf(name, sizeof name, "%s/mod%03u/pkg%04u/file-%04u.txt", path, module, package,
                 i % FILES_A_DIRECTORY);
        done = done && scratch_make_file(name, content, bytes);
    }
    free(content);
    return done;
}

/* Content that no file system stores as something smaller. */
static void fill(uint64_t *words, size_t count, uint64_t *state)
{
    for (size_t i = 0; i < count; i++) {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        words[i] = *state;
    }
}

bool scratch_make_large_file(const char *path, uint64_t bytes)
{
    uint64_t *words = malloc(CHUNK);
    uint64_t state = 88172645463325252u;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool done = words && fd >= 0;

    for (uint64_t at = 0; at < bytes && done; at += CHUNK) {
        fill(words, CHUNK / sizeof *words, &state);
        done = write(fd, words, CHUNK) == CHUNK;
    }
    /* What is still on its way to the disk would be in the way of whoever comes first. */
    done = done && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    free(words);
    return done;
}
