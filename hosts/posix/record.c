/* SPDX-License-Identifier: MIT */
/* The lock of a group, and the record of each deployment: `key value` lines, values with %XX for
 * line ends and percent signs. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "layout.h"

/* ---- lock ---- */

enum { WAIT_FOR_SUPERVISOR_MS = 15000, WAIT_PAUSE_MS = 20 };

/* Whether the process that a lock's text names is no more. */
static bool is_gone(const char *holder)
{
    static const char words[] = " of process ";
    const char *at = holder ? strstr(holder, words) : NULL;
    long process = at ? strtol(at + sizeof words - 1, NULL, 10) : 0;

    return process > 0 && kill((pid_t)process, 0) != 0 && errno == ESRCH;
}

/* 0, or errno; EWOULDBLOCK with the holder's words. */
static int try_lock(int fd, const char *path, char **holder)
{
    int64_t until = px_now_ms() + WAIT_FOR_SUPERVISOR_MS;

    for (;;) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return 0;
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK)
            return errno;
        free(*holder);
        *holder = px_read_small(path);
        if (!is_gone(*holder) || px_now_ms() >= until)
            return EWOULDBLOCK;
        (void)poll(NULL, 0, WAIT_PAUSE_MS);
    }
}

/* The kernel lets go of the lock with the process, whatever becomes of that. */
static void sign_lock(int fd, const char *deployment_id)
{
    time_t now = time(NULL);
    px_buffer text = {0};
    char since[32] = "";
    struct tm parts;

    if (gmtime_r(&now, &parts))
        strftime(since, sizeof since, "%Y-%m-%dT%H:%M:%SZ", &parts);
    px_put_format(&text, "deployment %s of process %ld since %s\n", deployment_id, (long)getpid(),
                  since);
    /* Without it the next one is told less; no more than that. */
    if (px_c_string(&text) && ftruncate(fd, 0) == 0)
        (void)px_write_all(fd, text.data, text.length);
    px_buffer_release(&text);
}

cdp_status px_lock_take(px_lock *lock, const px_layout *layout, const char *deployment_id,
                        char **holder)
{
    char *path = px_layout_state_path(layout, ".lock");
    int error;

    *holder = NULL;
    lock->fd = -1;
    if (!path)
        return CDP_ERR_NOMEM;
    lock->fd =
        px_above_standard(open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600));
    error = lock->fd < 0 ? errno : try_lock(lock->fd, path, holder);
    free(path);
    if (error == 0) {
        free(*holder);
        *holder = NULL;
        sign_lock(lock->fd, deployment_id);
        return CDP_OK;
    }
    px_close(&lock->fd);
    errno = error;
    return error == EWOULDBLOCK ? CDP_ERR_BUSY : CDP_ERR_IO;
}

void px_lock_release(px_lock *lock)
{
    if (lock->fd >= 0) {
        if (ftruncate(lock->fd, 0) != 0)
            errno = 0;
        /* A child that another thread has just made holds the descriptor, too, until it runs its program. */
        (void)flock(lock->fd, LOCK_UN);
        close(lock->fd);
    }
    lock->fd = -1;
}

/* ---- record ---- */

/* All that a record says, in the order in which it is written. */
static const struct {
    const char *key;
    size_t at;
    bool is_number;
} members[] = {
    {"id", offsetof(px_record, id), false},
    {"number", offsetof(px_record, number), true},
    {"status", offsetof(px_record, status), false},
    {"creator", offsetof(px_record, creator), false},
    {"application", offsetof(px_record, application), false},
    {"bundle", offsetof(px_record, bundle), false},
    {"revision_of", offsetof(px_record, revision_of), false},
    {"message", offsetof(px_record, message), false},
    {"file_exists", offsetof(px_record, file_exists), false},
    {"appspec", offsetof(px_record, appspec), false},
    {"events", offsetof(px_record, events), false},
    {"group_name", offsetof(px_record, group_name), false},
    {"destination", offsetof(px_record, destination), false},
    {"decision", offsetof(px_record, decision), false},
    {"mode", offsetof(px_record, mode), false},
    {"created", offsetof(px_record, created), true},
    {"completed", offsetof(px_record, completed), true},
};

enum { MEMBERS = sizeof members / sizeof *members };

static char **string_at(px_record *record, size_t member)
{
    return (char **)(void *)((char *)record + members[member].at);
}

static int64_t *number_at(px_record *record, size_t member)
{
    return (int64_t *)(void *)((char *)record + members[member].at);
}

void px_record_release(px_record *record)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        if (!members[i].is_number)
            free(*string_at(record, i));
    }
    memset(record, 0, sizeof *record);
}

int px_record_compare(const px_record *a, const px_record *b)
{
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    if (a->created != b->created)
        return a->created < b->created ? -1 : 1;
    return strcmp(a->id, b->id);
}

static void put_value(px_buffer *text, const char *value)
{
    for (; *value; value++) {
        if (*value == '%' || *value == '\n' || *value == '\r')
            px_put_format(text, "%%%02X", (unsigned char)*value);
        else
            px_put(text, value, 1);
    }
}

int px_record_write(const px_layout *layout, const px_record *record)
{
    px_record own = *record;
    px_buffer text = {0};
    char *path = px_layout_path(layout, record->id, "record");
    int error;

    for (size_t i = 0; i < MEMBERS; i++) {
        const char *value = members[i].is_number ? NULL : *string_at(&own, i);

        if (members[i].is_number) {
            px_put_format(&text, "%s %" PRId64 "\n", members[i].key, *number_at(&own, i));
        } else if (value) {
            px_put_format(&text, "%s ", members[i].key);
            put_value(&text, value);
            px_put_c(&text, "\n");
        }
    }
    error =
        path && px_c_string(&text) ? px_write_small(layout, path, text.data, text.length) : ENOMEM;
    px_buffer_release(&text);
    free(path);
    return error;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static char *take_value(const char *value, size_t length)
{
    char *taken = malloc(length + 1);
    size_t used = 0;

    for (size_t i = 0; taken && i < length; i++) {
        if (value[i] == '%' && i + 2 < length && hex(value[i + 1]) >= 0 && hex(value[i + 2]) >= 0) {
            taken[used++] = (char)(hex(value[i + 1]) * 16 + hex(value[i + 2]));
            i += 2;
        } else {
            taken[used++] = value[i];
        }
    }
    if (taken)
        taken[used] = '\0';
    return taken;
}

static void take_line(px_record *record, char *line, size_t length)
{
    size_t blank = strcspn(line, " ");
    size_t i = 0;

    if (blank >= length)
        return;
    line[blank] = '\0';
    while (i < MEMBERS && strcmp(members[i].key, line) != 0)
        i++;
    if (i < MEMBERS && members[i].is_number) {
        *number_at(record, i) = strtoll(line + blank + 1, NULL, 10);
    } else if (i < MEMBERS) {
        free(*string_at(record, i));
        *string_at(record, i) = take_value(line + blank + 1, length - blank - 1);
    }
}

bool px_record_read(const px_layout *layout, const char *id, px_record *record)
{
    char *path = px_layout_path(layout, id, "record");
    char *text = path ? px_read_small(path) : NULL;

    memset(record, 0, sizeof *record);
    free(path);
    if (!text)
        return false;
    for (char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        bool last = line[length] == '\0';

        line[length] = '\0';
        take_line(record, line, length);
        line += length + !last;
    }
    free(text);
    /* One more must still be a number. */
    if (record->number < 0 || record->number >= INT64_MAX / 2)
        record->number = 0;
    if (record->id && record->status)
        return true;
    px_record_release(record);
    return false;
}
