/* SPDX-License-Identifier: MIT */
#include "scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What belongs to the running test and is freed after it. */
static struct {
    void **blocks;
    size_t count;
    cdp_diagnostics *diagnostics[64];
    size_t diagnostics_count;
} kept;

static void *keep(void *block)
{
    assert_non_null(block);
    kept.blocks = realloc(kept.blocks, (kept.count + 1) * sizeof *kept.blocks);
    assert_non_null(kept.blocks);
    kept.blocks[kept.count++] = block;
    return block;
}

int scratch_setup(void **state)
{
    const char *base = getenv("TMPDIR");
    char path[4096];

    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
        return -1;
    snprintf(path, sizeof path, "%s/codedeploy-test.XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(path) || chmod(path, 0755) != 0)
        return -1;
    *state = strdup(path);
    return *state ? 0 : -1;
}

static int remove_tree(const char *path)
{
    struct stat info;
    DIR *directory;
    struct dirent *entry;

    if (lstat(path, &info) != 0)
        return errno == ENOENT ? 0 : -1;
    if (!S_ISDIR(info.st_mode))
        return unlink(path);
    chmod(path, 0700);
    directory = opendir(path);
    if (!directory)
        return -1;
    while ((entry = readdir(directory))) {
        char inner[8192];

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (remove_tree(inner) != 0)
            break;
    }
    closedir(directory);
    return rmdir(path);
}

/* Zombies of children that ended are no survivors; reaps them. Returns how many are alive. */
static int count_children(void)
{
    pid_t reaped;

    while ((reaped = waitpid(-1, NULL, WNOHANG | __WALL)) > 0)
        continue;
    return reaped == 0 ? 1 : 0;
}

int scratch_teardown(void **state)
{
    int64_t until = scratch_now() + 2000;
    int left;

    while ((left = count_children()) && scratch_now() < until)
        scratch_sleep(5);
    for (size_t i = 0; i < kept.count; i++)
        free(kept.blocks[i]);
    free(kept.blocks);
    for (size_t i = 0; i < kept.diagnostics_count; i++)
        cdp_diagnostics_free(kept.diagnostics[i]);
    memset(&kept, 0, sizeof kept);
    if (left)
        print_error("a process was left\n");
    if (remove_tree(*state) != 0) {
        print_error("%s: %s\n", (char *)*state, strerror(errno));
        left = 1;
    }
    free(*state);
    return left ? -1 : 0;
}

const char *scratch_path(const char *folder, const char *format, ...)
{
    char *path = keep(malloc(8192));
    int length = snprintf(path, 8192, "%s/", folder);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(path + length, 8192 - (size_t)length, format, arguments);
    va_end(arguments);
    return path;
}

void scratch_directory(const char *path)
{
    if (mkdir(path, 0755) != 0)
        fail_msg("mkdir %s: %s", path, strerror(errno));
}

void scratch_write(const char *path, mode_t mode, const char *bytes, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (fd < 0 || write(fd, bytes, length) != (ssize_t)length || fchmod(fd, mode) != 0)
        fail_msg("writing %s: %s", path, strerror(errno));
    close(fd);
}

void scratch_script(const char *path, const char *text)
{
    scratch_write(path, 0755, text, strlen(text));
}

char *scratch_read(const char *path, size_t *length)
{
    FILE *stream = fopen(path, "rb");
    char *bytes;
    long size;

    if (!stream)
        fail_msg("%s: %s", path, strerror(errno));
    fseek(stream, 0, SEEK_END);
    size = ftell(stream);
    rewind(stream);
    bytes = keep(malloc((size_t)size + 1));
    assert_int_equal(fread(bytes, 1, (size_t)size, stream), size);
    bytes[size] = '\0';
    fclose(stream);
    if (length)
        *length = (size_t)size;
    return bytes;
}

bool scratch_exists(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0;
}

void scratch_remove(const char *path)
{
    assert_int_equal(remove_tree(path), 0);
}

int64_t scratch_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void scratch_sleep(int milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};

    while (nanosleep(&time, &time) != 0 && errno == EINTR)
        continue;
}

bool scratch_is_gone(pid_t process)
{
    char path[64];
    char text[256];
    size_t length;
    FILE *stream;
    char *state;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
    stream = fopen(path, "r");
    if (!stream)
        return true;
    length = fread(text, 1, sizeof text - 1, stream);
    fclose(stream);
    text[length] = '\0';
    state = strrchr(text, ')');
    return !state || state[2] == 'Z' || state[2] == 'X';
}

void scratch_wait_gone(pid_t process)
{
    int64_t until = scratch_now() + 10000;

    while (!scratch_is_gone(process)) {
        if (scratch_now() > until)
            fail_msg("process %d is still there", (int)process);
        scratch_sleep(5);
    }
}

int scratch_open_descriptors(void)
{
    DIR *directory = opendir("/proc/self/fd");
    int count = 0;

    assert_non_null(directory);
    while (readdir(directory))
        count++;
    closedir(directory);
    return count;
}

static int in_child(int (*body)(const char *folder), const char *folder, bool is_nobody)
{
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (child == 0) {
        if (is_nobody && geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(99);
        _exit(body(folder));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

int scratch_in_child(int (*body)(const char *folder), const char *folder)
{
    return in_child(body, folder, false);
}

int scratch_as_nobody(int (*body)(const char *folder), const char *folder)
{
    return in_child(body, folder, true);
}

cdp_diagnostics *scratch_diagnostics(void)
{
    cdp_diagnostics **made = &kept.diagnostics[kept.diagnostics_count];

    assert_true(kept.diagnostics_count < sizeof kept.diagnostics / sizeof *kept.diagnostics);
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, made), CDP_OK);
    kept.diagnostics_count++;
    return *made;
}

const char *scratch_message(const cdp_diagnostics *diagnostics, cdp_diagnostic_code code)
{
    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics); i++) {
        cdp_diagnostic finding = {.size = sizeof finding};

        assert_int_equal(cdp_diagnostics_at(diagnostics, i, &finding), CDP_OK);
        if (finding.code == code)
            return finding.message.data;
    }
    return "";
}

bool scratch_found(const cdp_diagnostics *diagnostics, cdp_diagnostic_code code)
{
    return *scratch_message(diagnostics, code) != '\0';
}
