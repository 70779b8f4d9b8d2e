/* SPDX-License-Identifier: MIT */
/*
 * Bundles: the first byte chooses tar, tgz or zip ('t', 'g', 'z'), the others are the archive. It is
 * unpacked into a new directory; whatever comes of it, nothing else may have changed, and nothing may
 * be left of what is refused.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <codedeploy-posix/bundle.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
    if (!holds)
        abort();
}

static cdp_string text(const char *c)
{
    return (cdp_string){c, strlen(c)};
}

/* A folder of this process's own: a victim beside the place to unpack to. */
static char folder[256];

static void clean_up(void)
{
    (void)cdp_posix_remove_tree(text(folder));
}

static void prepare(void)
{
    const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    char victim[300];
    int fd;

    if (folder[0])
        return;
    snprintf(folder, sizeof folder, "%s/fuzz-bundle.XXXXXX", base);
    must(mkdtemp(folder) != NULL);
    atexit(clean_up);
    snprintf(victim, sizeof victim, "%s/victim", folder);
    fd = open(victim, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    must(fd >= 0 && write(fd, "v", 1) == 1 && close(fd) == 0);
}

/* Nothing but the victim, as it was, and what was asked for. */
static void check(const char *destination, int is_there)
{
    DIR *opened = opendir(folder);
    const struct dirent *entry;
    struct stat info;
    char path[300];
    int names = 0;

    must(opened != NULL);
    while ((entry = readdir(opened)))
        names += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(opened);
    must(names == 1 + is_there);
    must((lstat(destination, &info) == 0 && S_ISDIR(info.st_mode)) == is_there);
    snprintf(path, sizeof path, "%s/victim", folder);
    must(lstat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size == 1 &&
         info.st_nlink == 1 && (info.st_mode & 07777) == 0600);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cdp_posix_bundle_options options = {
        .size = sizeof options, .bytes = 1 << 20, .entries = 1000, .ratio = 50};
    cdp_diagnostics *diagnostics = NULL;
    char destination[300];
    char archive[300];
    cdp_status status;
    int fd;

    if (size < 1)
        return 0;
    prepare();
    options.type = data[0] == 't'   ? CDP_POSIX_BUNDLE_TAR
                   : data[0] == 'g' ? CDP_POSIX_BUNDLE_TGZ
                                    : CDP_POSIX_BUNDLE_ZIP;
    snprintf(archive, sizeof archive, "%s/archive", folder);
    snprintf(destination, sizeof destination, "%s/out", folder);
    fd = open(archive, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(fd >= 0 && write(fd, data + 1, size - 1) == (ssize_t)(size - 1) && close(fd) == 0);
    options.location = text(archive);
    options.destination = text(destination);
    must(cdp_diagnostics_new(NULL, NULL, &diagnostics) == CDP_OK);
    status = cdp_posix_bundle_unpack(&options, diagnostics);
    must(unlink(archive) == 0);
    must(status == CDP_OK || cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) > 0);
    check(destination, status == CDP_OK);
    if (status == CDP_OK)
        must(cdp_posix_remove_tree(text(destination)) == CDP_OK);
    cdp_diagnostics_free(diagnostics);
    return 0;
}
