/* SPDX-License-Identifier: MIT */
/* Everything here is async-signal-safe: it runs in a forked process that has not called exec. */
#include "descendants.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel's highest process id (PID_MAX_LIMIT), and how many processes one look takes in. What
 * is beyond comes in reach when what was found is gone. */
enum { HIGHEST_ID = 1 << 22, MOST_PROCESSES = 16384 };

typedef struct process {
    pid_t id;
    pid_t parent;
} process;

/* Static, not on the stack: the stack may be that of a small thread. The process was forked for
 * nothing else than this, and has one thread. */
static process processes[MOST_PROCESSES];
static unsigned char is_descendant[HIGHEST_ID / 8];

static bool is_marked(pid_t id)
{
    return id > 0 && id < HIGHEST_ID && (is_descendant[id / 8] >> (id % 8) & 1);
}

static void mark(pid_t id)
{
    if (id > 0 && id < HIGHEST_ID)
        is_descendant[id / 8] |= (unsigned char)(1 << (id % 8));
}

static void unmark(pid_t id)
{
    if (id > 0 && id < HIGHEST_ID)
        is_descendant[id / 8] &= (unsigned char)~(1 << (id % 8));
}

/* A decimal number; -1 when there is none. `*end` is behind it. */
static pid_t read_number(const char *text, const char **end)
{
    pid_t number = 0;

    *end = text;
    while (**end >= '0' && **end <= '9' && number < HIGHEST_ID)
        number = number * 10 + (*(*end)++ - '0');
    return *end == text ? -1 : number;
}

/* "PID (NAME) STATE PARENT …": the name may hold anything, so it ends at the last parenthesis. */
static pid_t parse_parent(char *text, size_t length)
{
    const char *end;

    text[length] = '\0';
    while (length > 0 && text[length - 1] != ')')
        length--;
    if (length == 0 || text[length] != ' ' || text[length + 1] == '\0' || text[length + 2] != ' ')
        return -1;
    return read_number(text + length + 3, &end);
}

static pid_t parent_of(int proc, const char *id)
{
    char path[32];
    char text[512];
    size_t length = strlen(id);
    ssize_t got;
    int fd;

    memcpy(path, id, length);
    memcpy(path + length, "/stat", sizeof "/stat");
    fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    got = read(fd, text, sizeof text - 1);
    close(fd);
    return got <= 0 ? -1 : parse_parent(text, (size_t)got);
}

/* What getdents64() fills; the C library's readdir() takes memory. */
typedef struct directory_entry {
    uint64_t inode;
    int64_t next;
    uint16_t length;
    unsigned char type;
    char name[];
} directory_entry;

/* Calls `each` with the entries whose names are numbers. */
static void each_number(int directory,
                        void (*each)(int directory, const char *name, pid_t number, void *user),
                        void *user)
{
    _Alignas(directory_entry) char buffer[4096];
    long length;

    while ((length = syscall(SYS_getdents64, directory, buffer, sizeof buffer)) > 0) {
        for (long at = 0; at < length;) {
            const directory_entry *entry = (const directory_entry *)(const void *)(buffer + at);
            const char *end;
            pid_t number = read_number(entry->name, &end);

            if (number >= 0 && *end == '\0')
                each(directory, entry->name, number, user);
            at += entry->length;
        }
    }
}

static void note_process(int proc, const char *name, pid_t id, void *user)
{
    int *count = user;
    pid_t parent;

    if (*count == MOST_PROCESSES)
        return;
    parent = parent_of(proc, name);
    if (parent > 0)
        processes[(*count)++] = (process){id, parent};
}

static int list_processes(void)
{
    int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int count = 0;

    if (proc < 0)
        return 0;
    each_number(proc, note_process, &count);
    close(proc);
    return count;
}

px_signalled px_signal_descendants(int number)
{
    px_signalled signalled = {0};
    pid_t own = getpid();
    int count = list_processes();
    bool more = true;

    mark(own);
    while (more) {
        more = false;
        for (int i = 0; i < count; i++) {
            if (is_marked(processes[i].parent) && !is_marked(processes[i].id)) {
                mark(processes[i].id);
                more = true;
            }
        }
    }
    unmark(own);
    for (int i = 0; i < count; i++) {
        if (!is_marked(processes[i].id))
            continue;
        unmark(processes[i].id);
        if (kill(processes[i].id, number) == 0)
            signalled.reached++;
        else if (errno == EPERM)
            signalled.refused++;
    }
    return signalled;
}

typedef struct range {
    int first;
    int last;
} range;

static void close_if_inside(int directory, const char *name, pid_t fd, void *user)
{
    const range *closed = user;

    (void)name;
    if (fd != directory && fd >= closed->first && (closed->last < 0 || fd <= closed->last))
        close(fd);
}

/* Before Linux 5.9: closes what /proc lists; without /proc, whatever may be open. */
static void close_one_by_one(int first, int last)
{
    int directory = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    range closed = {first, last};
    struct rlimit limit;

    if (directory >= 0) {
        each_number(directory, close_if_inside, &closed);
        close(directory);
        return;
    }
    if (last < 0)
        last = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536 ? (int)limit.rlim_cur
                                                                               : 65536;
    for (int fd = first; fd <= last; fd++)
        close(fd);
}

void px_close_range(int first, int last)
{
#ifdef SYS_close_range
    if (syscall(SYS_close_range, (unsigned)first, last < 0 ? ~0U : (unsigned)last, 0U) == 0)
        return;
#endif
    close_one_by_one(first, last);
}
