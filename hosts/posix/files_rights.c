/* SPDX-License-Identifier: MIT */
/* The callbacks of cdp_fs for modes, owners, ACLs and SELinux contexts. */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "acl.h"
#include "program.h"

/* How long semanage may take: it rebuilds the policy. */
enum { PROGRAM_MS = 300000 };

/* Opens what is at a place for looking at and changing its rights, links not followed. */
static cdp_status open_object(cdp_posix_files *files, cdp_fs_root root, cdp_string path, int *fd,
                              struct stat *info)
{
    px_place place;
    cdp_status status = px_locate_for_change(files, root, path, &place);

    *fd = -1;
    if (status != CDP_OK)
        return status;
    *fd = px_open_place(&place, O_PATH);
    if (*fd < 0 || fstat(*fd, info) != 0) {
        status = px_failed(files, errno);
        px_close(fd);
    }
    return status;
}

/* The call has the same number wherever it exists; C libraries before 2.39 do not know it. */
#if !defined(SYS_fchmodat2) && !defined(__alpha__)
#define SYS_fchmodat2 452
#endif

/* Tells by errno ENOSYS or EPERM that another way must be tried. */
static int fchmodat_2(int directory, const char *name, mode_t mode, int flags)
{
#ifdef SYS_fchmodat2
    return (int)syscall(SYS_fchmodat2, directory, name, mode, flags);
#else
    (void)directory, (void)name, (void)mode, (void)flags;
    errno = ENOSYS;
    return -1;
#endif
}

/* chmod() of what an O_PATH descriptor refers to, which is no link. */
static bool change_mode(int fd, mode_t mode)
{
    char path[64];

    if (fchmodat_2(fd, "", mode, AT_EMPTY_PATH) == 0)
        return true;
    if (errno != ENOSYS && errno != EPERM)
        return false;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return chmod(path, mode) == 0;
}

cdp_status px_fs_set_mode(cdp_fs_root root, cdp_string path, uint32_t mode, void *user)
{
    cdp_posix_files *files = user;
    struct stat info;
    px_place place;
    int fd;
    cdp_status status = px_locate_for_change(files, root, path, &place);

    if (status == CDP_OK &&
        fchmodat_2(place.directory, place.name, (mode_t)mode & 07777, AT_SYMLINK_NOFOLLOW) == 0)
        return CDP_OK;
    /* An older system, or something that has to be told in words. */
    if (status == CDP_OK)
        status = open_object(files, root, path, &fd, &info);
    if (status != CDP_OK)
        return status;
    if (S_ISLNK(info.st_mode))
        status = px_failed_in_words(files, CDP_ERR_UNSUPPORTED, "a symbolic link has no mode");
    else if (!change_mode(fd, (mode_t)mode & 07777))
        status = px_failed(files, errno);
    px_close(&fd);
    return status;
}

static cdp_status find_ids(cdp_posix_files *files, cdp_string owner, cdp_string group, uid_t *uid,
                           gid_t *gid)
{
    cdp_status status = CDP_OK;

    *uid = (uid_t)-1;
    *gid = (gid_t)-1;
    if (owner.data)
        status = px_find_user(&files->names, owner, uid);
    if (status == CDP_ERR_INVALID)
        return px_failed_in_words(files, status, "this machine has no user %.*s",
                                  (int)(owner.length < 64 ? owner.length : 64), owner.data);
    if (status == CDP_OK && group.data)
        status = px_find_group(&files->names, group, gid);
    if (status == CDP_ERR_INVALID)
        return px_failed_in_words(files, status, "this machine has no group %.*s",
                                  (int)(group.length < 64 ? group.length : 64), group.data);
    return status;
}

cdp_status px_fs_check_owner(cdp_string owner, cdp_string group, void *user)
{
    uid_t uid;
    gid_t gid;

    return find_ids(user, owner, group, &uid, &gid);
}

cdp_status px_fs_set_owner(cdp_fs_root root, cdp_string path, cdp_string owner, cdp_string group,
                           void *user)
{
    cdp_posix_files *files = user;
    struct stat info;
    px_place place;
    uid_t uid;
    gid_t gid;
    int fd = -1;
    cdp_status status = find_ids(files, owner, group, &uid, &gid);

    if (status == CDP_OK)
        status = px_locate_for_change(files, root, path, &place);
    if (status != CDP_OK)
        return status;
    /* Most have no set-id bits that would have to be given again. */
    if (fstatat(place.directory, place.name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
        (!S_ISREG(info.st_mode) || !(info.st_mode & 06000)))
        return fchownat(place.directory, place.name, uid, gid, AT_SYMLINK_NOFOLLOW) == 0
                   ? CDP_OK
                   : px_failed(files, errno);
    status = open_object(files, root, path, &fd, &info);
    if (status != CDP_OK)
        return status;
    if (fchownat(fd, "", uid, gid, AT_EMPTY_PATH) != 0)
        status = px_failed(files, errno);
    else if (S_ISREG(info.st_mode) && info.st_mode & 06000 &&
             !change_mode(fd, info.st_mode & 07777))
        status = px_failed(files, errno);
    px_close(&fd);
    return status;
}

static cdp_status tell_acl_problem(cdp_posix_files *files, px_acl_problem problem, cdp_string entry)
{
    int length = (int)(entry.length < 100 ? entry.length : 100);

    switch (problem) {
    case PX_ACL_NONE:
        return CDP_OK;
    case PX_ACL_BAD_ENTRY:
        return px_failed_in_words(files, CDP_ERR_INVALID, "'%.*s' is no ACL entry", length,
                                  entry.data);
    case PX_ACL_UNKNOWN_NAME:
        return px_failed_in_words(files, CDP_ERR_INVALID,
                                  "this machine does not know the name in the ACL entry '%.*s'",
                                  length, entry.data);
    case PX_ACL_TWICE:
        return px_failed_in_words(files, CDP_ERR_INVALID, "two ACL entries are for the same");
    case PX_ACL_NOT_A_DIRECTORY:
        return px_failed_in_words(files, CDP_ERR_CONFLICT,
                                  "a default ACL entry is for directories only");
    case PX_ACL_NO_MEMORY:
        return CDP_ERR_NOMEM;
    default:
        return px_failed(files, errno);
    }
}

cdp_status px_fs_set_acl(cdp_fs_root root, cdp_string path, const cdp_string *entries, size_t count,
                         void *user)
{
    cdp_posix_files *files = user;
    px_acl_problem problem;
    struct stat info;
    size_t entry = 0;
    int fd;
    cdp_status status = open_object(files, root, path, &fd, &info);

    if (status != CDP_OK)
        return status;
    if (S_ISLNK(info.st_mode)) {
        status = px_failed_in_words(files, CDP_ERR_UNSUPPORTED, "a symbolic link has no ACL");
    } else {
        problem = px_acl_set(fd, info.st_mode, entries, count, &files->names, &entry);
        status = tell_acl_problem(files, problem, count ? entries[entry] : px_string(""));
    }
    px_close(&fd);
    return status;
}

/* ---------------------------------------------------------------------------------------------
 * SELinux
 */

/* semanage takes a regular expression: what means something there is quoted. */
static void put_pattern(px_buffer *pattern, const char *path)
{
    for (; *path; path++) {
        if (strchr("\\.[]{}()*+?^$|", *path))
            px_put_c(pattern, "\\");
        px_put(pattern, path, 1);
    }
}

/* The path by which the rest of the system knows a file: no links, the destination's root in
 * front. */
static cdp_status real_path(cdp_posix_files *files, cdp_fs_root root, cdp_string path,
                            px_buffer *real)
{
    char text[PATH_MAX + 1];
    char own[64];
    px_place place;
    ssize_t length;
    int fd;
    cdp_status status = px_locate(files, root, path, &place);

    if (status != CDP_OK)
        return status;
    fd = fcntl(place.directory, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    snprintf(own, sizeof own, "/proc/self/fd/%d", fd);
    length = fd < 0 ? -1 : readlink(own, text, sizeof text);
    if (length < 0)
        status = px_failed(files, errno);
    px_close(&fd);
    if (status != CDP_OK)
        return status;
    px_put(real, text, (size_t)length);
    if (strcmp(place.name, ".") != 0) {
        if (real->length > 1)
            px_put_c(real, "/");
        px_put_c(real, place.name);
    }
    return px_c_string(real) ? CDP_OK : CDP_ERR_NOMEM;
}

static cdp_status run(cdp_posix_files *files, const char *const *arguments)
{
    px_program_result result;
    cdp_status status = px_run_program(arguments, PROGRAM_MS, &result);

    if (status == CDP_ERR_IO)
        return px_failed(files, errno);
    if (status != CDP_OK)
        return status;
    if (result.is_missing)
        return px_failed_in_words(files, CDP_ERR_UNSUPPORTED, "%s is not installed", arguments[0]);
    if (result.exit_status != 0)
        return px_failed_in_words(files, CDP_ERR_IO, "%s failed: %s", arguments[0],
                                  *result.output ? result.output : "without a word");
    return CDP_OK;
}

static cdp_status copy_text(cdp_string from, char **to)
{
    *to = NULL;
    if (!from.data)
        return CDP_OK;
    if (!px_is_text(from) || from.length == 0 || *from.data == '-')
        return CDP_ERR_ARGUMENT;
    *to = px_copy(from);
    return *to ? CDP_OK : CDP_ERR_NOMEM;
}

/* `semanage fcontext -a [-s USER] -t TYPE [-r RANGE] PATTERN`, then `restorecon -F PATH`. */
static cdp_status add_context(cdp_posix_files *files, const char *user, const char *type,
                              const char *range, const char *path)
{
    const char *arguments[12] = {"semanage", "fcontext", "-a"};
    const char *const restore[] = {"restorecon", "-F", "--", path, NULL};
    px_buffer pattern = {0};
    size_t count = 3;
    cdp_status status;

    if (user) {
        arguments[count++] = "-s";
        arguments[count++] = user;
    }
    arguments[count++] = "-t";
    arguments[count++] = type;
    if (range) {
        arguments[count++] = "-r";
        arguments[count++] = range;
    }
    put_pattern(&pattern, path);
    arguments[count] = px_c_string(&pattern);
    status = arguments[count] ? run(files, arguments) : CDP_ERR_NOMEM;
    if (status == CDP_ERR_IO) {
        /* The policy may know the path already, from an earlier deployment. */
        arguments[2] = "-m";
        status = run(files, arguments);
    }
    px_buffer_release(&pattern);
    return status == CDP_OK ? run(files, restore) : status;
}

cdp_status px_fs_set_context(cdp_fs_root root, cdp_string path, const cdp_fs_context *context,
                             void *user)
{
    cdp_posix_files *files = user;
    px_buffer real = {0};
    char *words[3] = {NULL, NULL, NULL};
    cdp_status status = real_path(files, root, path, &real);

    if (status == CDP_OK)
        status = copy_text(context->user, &words[0]);
    if (status == CDP_OK)
        status = copy_text(context->type, &words[1]);
    if (status == CDP_OK)
        status = copy_text(context->range, &words[2]);
    if (status == CDP_OK && !words[1])
        status = CDP_ERR_ARGUMENT;
    if (status == CDP_OK)
        status = add_context(files, words[0], words[1], words[2], real.data);
    for (size_t i = 0; i < 3; i++)
        free(words[i]);
    px_buffer_release(&real);
    return status;
}

cdp_status px_fs_remove_context(cdp_fs_root root, cdp_string path, void *user)
{
    cdp_posix_files *files = user;
    px_buffer real = {0};
    px_buffer pattern = {0};
    const char *arguments[] = {"semanage", "fcontext", "-d", NULL, NULL};
    cdp_status status = real_path(files, root, path, &real);

    if (status == CDP_OK) {
        put_pattern(&pattern, real.data);
        arguments[3] = px_c_string(&pattern);
        status = arguments[3] ? run(files, arguments) : CDP_ERR_NOMEM;
    }
    /* The official agent records the path as it stands, not as a pattern. */
    if (status == CDP_ERR_IO && strcmp(pattern.data, real.data) != 0) {
        arguments[3] = real.data;
        status = run(files, arguments);
    }
    px_buffer_release(&real);
    px_buffer_release(&pattern);
    /* semanage has one answer for everything; agent 2.x passes over it too. */
    return status == CDP_ERR_IO ? CDP_ERR_NOT_FOUND : status;
}
