/* SPDX-License-Identifier: MIT */
#include <codedeploy-posix/bundle.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "beneath.h"
#include "bundle_disk.h"
#include "bundle_rules.h"
#include "tree.h"

static const char *const type_names[] = {"unknown", "directory", "zip", "tar", "tgz"};

const char *cdp_posix_bundle_type_name(cdp_posix_bundle_type type)
{
    if (type < CDP_POSIX_BUNDLE_DIRECTORY || type > CDP_POSIX_BUNDLE_TGZ)
        return type_names[0];
    return type_names[type];
}

cdp_status cdp_posix_bundle_type_from_name(cdp_string name, cdp_posix_bundle_type *type)
{
    if (!type || !name.data)
        return CDP_ERR_ARGUMENT;
    for (int i = CDP_POSIX_BUNDLE_DIRECTORY; i <= CDP_POSIX_BUNDLE_TGZ; i++) {
        if (px_equal(name, type_names[i])) {
            *type = (cdp_posix_bundle_type)i;
            return CDP_OK;
        }
    }
    return CDP_ERR_NOT_FOUND;
}

/* ---------------------------------------------------------------------------------------------
 * What it is
 */

typedef enum content {
    CONTENT_OTHER,
    CONTENT_EMPTY,
    CONTENT_DIRECTORY,
    CONTENT_ZIP,
    CONTENT_TAR,
    CONTENT_GZIP,
    CONTENT_BZIP2,
    CONTENT_XZ,
    CONTENT_ZSTD,
    CONTENT_7ZIP,
    CONTENT_RAR
} content;

static const char *const content_words[] = {
    [CONTENT_OTHER] = "no archive that is known here",
    [CONTENT_EMPTY] = "an empty file",
    [CONTENT_DIRECTORY] = "a directory",
    [CONTENT_ZIP] = "a zip archive",
    [CONTENT_TAR] = "a tar archive without compression",
    [CONTENT_GZIP] = "compressed with gzip (tgz)",
    [CONTENT_BZIP2] = "compressed with bzip2",
    [CONTENT_XZ] = "compressed with xz",
    [CONTENT_ZSTD] = "compressed with zstd",
    [CONTENT_7ZIP] = "a 7z archive",
    [CONTENT_RAR] = "a rar archive",
};

static const struct {
    const char *bytes;
    size_t length;
    content content;
} signatures[] = {
    {"PK\3\4", 4, CONTENT_ZIP},
    {"PK\5\6", 4, CONTENT_ZIP},
    {"PK\7\10", 4, CONTENT_ZIP},
    {"\x1f\x8b", 2, CONTENT_GZIP},
    {"BZh", 3, CONTENT_BZIP2},
    {"\xFD"
     "7zXZ\0",
     6, CONTENT_XZ},
    {"\x28\xB5\x2F\xFD", 4, CONTENT_ZSTD},
    {"7z\xBC\xAF\x27\x1C", 6, CONTENT_7ZIP},
    {"Rar!", 4, CONTENT_RAR},
};

/* A header whose checksum is right, or the block of zeros that ends an empty archive. */
static bool is_tar_header(const unsigned char block[512])
{
    unsigned sum = 0;
    unsigned long told = 0;
    size_t at = 148;

    for (size_t i = 0; i < 512; i++)
        sum += i >= 148 && i < 156 ? ' ' : block[i];
    if (sum == 8 * ' ')
        return true;
    while (at < 156 && block[at] == ' ')
        at++;
    for (; at < 156 && block[at] >= '0' && block[at] <= '7'; at++)
        told = told * 8 + (block[at] - '0');
    return told == sum;
}

static content look_at(int fd, const struct stat *info)
{
    unsigned char block[512];
    ssize_t length = 0;

    if (S_ISDIR(info->st_mode))
        return CONTENT_DIRECTORY;
    if (S_ISREG(info->st_mode))
        length = pread(fd, block, sizeof block, 0);
    if (length == 0 && S_ISREG(info->st_mode))
        return CONTENT_EMPTY;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        if (length >= (ssize_t)signatures[i].length &&
            memcmp(block, signatures[i].bytes, signatures[i].length) == 0)
            return signatures[i].content;
    }
    return length == sizeof block && is_tar_header(block) ? CONTENT_TAR : CONTENT_OTHER;
}

/* Whether the content is what was said. A compressed tar given as tar is what GNU tar, and so the
 * official agent, takes too. */
static cdp_status check_type(const cdp_posix_bundle_options *options, content found,
                             cdp_diagnostics *diagnostics)
{
    static const content expected[] = {CONTENT_OTHER, CONTENT_DIRECTORY, CONTENT_ZIP, CONTENT_TAR,
                                       CONTENT_GZIP};

    if (found == expected[options->type])
        return CDP_OK;
    if (options->type == CDP_POSIX_BUNDLE_TAR && found == CONTENT_GZIP) {
        px_report(diagnostics, CDP_DIAGNOSTIC_BUNDLE_COMPRESSED_TAR, options->location.data, NULL);
        return CDP_OK;
    }
    px_report(diagnostics, CDP_DIAGNOSTIC_BUNDLE_WRONG_TYPE, options->location.data,
              content_words[found], content_words[expected[options->type]], NULL);
    return CDP_ERR_INVALID;
}

/* ---------------------------------------------------------------------------------------------
 * Unpacking
 */

/* Where a bundle is unpacked: beside its destination first. */
typedef struct staging_place {
    /* The directory of the destination, and the two names in it. */
    int parent;
    const char *name;
    px_buffer partial;
} staging_place;

static cdp_status open_staging(staging_place *staging, const char *destination)
{
    size_t base = px_base_name(destination);
    char *folder = px_copy((cdp_string){destination, base > 1 ? base - 1 : base});

    *staging = (staging_place){.parent = -1, .name = destination + base};
    px_put_c(&staging->partial, staging->name);
    px_put_c(&staging->partial, ".partial");
    if (!folder || !px_c_string(&staging->partial)) {
        free(folder);
        return CDP_ERR_NOMEM;
    }
    staging->parent =
        px_above_standard(open(*folder ? folder : ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
    free(folder);
    return staging->parent < 0 ? CDP_ERR_IO : CDP_OK;
}

/* Makes the directory to unpack into, after removing what a crash may have left. -1 with errno. */
static int make_partial(staging_place *staging)
{
    struct stat info;

    if (fstatat(staging->parent, staging->name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return -1;
    }
    if (!px_remove_tree(staging->parent, staging->partial.data) ||
        mkdirat(staging->parent, staging->partial.data, 0700) != 0)
        return -1;
    return px_open_beneath(staging->parent, staging->partial.data, O_RDONLY | O_DIRECTORY, 0,
                           PX_LINKS_NONE);
}

/* Puts what was unpacked at its place; `strip` is the name of the directory that becomes the top. */
static bool put_in_place(staging_place *staging, int root, const char *strip)
{
    int from = strip ? root : staging->parent;
    const char *name = strip ? strip : staging->partial.data;
    int top = px_open_beneath(from, name, O_RDONLY | O_DIRECTORY, 0, PX_LINKS_NONE);
    bool done = top >= 0 && fchmod(top, 0755) == 0 &&
                renameat(from, name, staging->parent, staging->name) == 0;

    px_close(&top);
    if (done && strip)
        done = unlinkat(staging->parent, staging->partial.data, AT_REMOVEDIR) == 0;
    return done;
}

static cdp_status read_bundle(px_unpacking *unpacking, int fd, content found,
                              const struct stat *info, int root)
{
    struct stat own;

    switch (found) {
    case CONTENT_ZIP:
        return px_read_zip(unpacking, fd, (uint64_t)info->st_size);
    case CONTENT_TAR:
    case CONTENT_GZIP:
        return px_read_tar(unpacking, fd, found == CONTENT_GZIP);
    default:
        if (fstat(root, &own) != 0)
            return CDP_ERR_IO;
        return px_read_directory(unpacking, fd, &own);
    }
}

static cdp_status not_made(const cdp_posix_bundle_options *options, cdp_diagnostics *diagnostics)
{
    int error = errno;
    px_error_text text;

    px_report(diagnostics, CDP_DIAGNOSTIC_BUNDLE_DESTINATION, options->destination.data,
              px_describe(error, &text), NULL);
    return error == EEXIST                      ? CDP_ERR_CONFLICT
           : error == ENOENT                    ? CDP_ERR_NOT_FOUND
           : error == EACCES || error == EROFS  ? CDP_ERR_DENIED
           : error == ENOSPC || error == EDQUOT ? CDP_ERR_FULL
                                                : CDP_ERR_IO;
}

static cdp_status unpack_into(staging_place *staging, px_disk *disk, px_unpacking *unpacking,
                              int fd, content found, const struct stat *info)
{
    const px_name_node *strip = NULL;
    cdp_status status = read_bundle(unpacking, fd, found, info, disk->root);

    if (status == CDP_OK)
        status = px_unpack_finish(unpacking, &strip);
    if (status == CDP_OK && px_disk_finish(disk) != CDP_OK)
        status = not_made(unpacking->options, unpacking->diagnostics);
    if (status == CDP_OK &&
        !put_in_place(staging, disk->root, strip ? px_node_path(&unpacking->names, strip) : NULL))
        status = not_made(unpacking->options, unpacking->diagnostics);
    return status;
}

static cdp_status unpack(const cdp_posix_bundle_options *options, int fd,
                         cdp_diagnostics *diagnostics)
{
    px_unpacking unpacking;
    staging_place staging = {.parent = -1};
    struct stat info;
    px_disk disk;
    content found;
    int root = -1;
    cdp_status status;

    if (fstat(fd, &info) != 0)
        return CDP_ERR_IO;
    found = look_at(fd, &info);
    status = check_type(options, found, diagnostics);
    if (status != CDP_OK)
        return status;
    status = open_staging(&staging, options->destination.data);
    if (status == CDP_OK && (root = make_partial(&staging)) < 0)
        status = CDP_ERR_IO;
    if (status == CDP_ERR_IO)
        status = not_made(options, diagnostics);
    if (root >= 0) {
        px_disk_init(&disk, root, options->overlap != 0);
        px_unpacking_init(&unpacking, options, S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0,
                          &disk.sink, diagnostics);
        status = unpack_into(&staging, &disk, &unpacking, fd, found, &info);
        px_unpacking_release(&unpacking);
        px_disk_release(&disk);
        if (status != CDP_OK)
            (void)px_remove_tree(staging.parent, staging.partial.data);
    }
    px_close(&staging.parent);
    px_buffer_release(&staging.partial);
    return status;
}

static cdp_status open_bundle(const cdp_posix_bundle_options *options, cdp_diagnostics *diagnostics)
{
    px_error_text text;
    cdp_status status;
    int fd = px_above_standard(
        open(options->location.data, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));

    if (fd < 0) {
        int error = errno;

        px_report(diagnostics, CDP_DIAGNOSTIC_BUNDLE_MISSING, options->location.data,
                  px_describe(error, &text), NULL);
        return error == ENOENT || error == ENOTDIR ? CDP_ERR_NOT_FOUND
               : error == EACCES                   ? CDP_ERR_DENIED
                                                   : CDP_ERR_IO;
    }
    status = unpack(options, fd, diagnostics);
    px_close(&fd);
    return status;
}

cdp_status cdp_posix_bundle_unpack(const cdp_posix_bundle_options *options,
                                   cdp_diagnostics *diagnostics)
{
    const uint32_t known = CDP_POSIX_BUNDLE_ALLOW_OUTSIDE_LINKS | CDP_POSIX_BUNDLE_ALLOW_SET_ID |
                           CDP_POSIX_BUNDLE_IGNORE_OWNERS | CDP_POSIX_BUNDLE_REFUSE_LINKS;
    cdp_posix_bundle_options own;
    char *location;
    char *destination;
    cdp_status status = px_sized_read(&own, sizeof own, options);

    if (status != CDP_OK)
        return status;
    if (own.reserved)
        return CDP_ERR_STRUCT;
    if (own.type < CDP_POSIX_BUNDLE_DIRECTORY || own.type > CDP_POSIX_BUNDLE_TGZ ||
        !px_is_text(own.location) || !px_is_text(own.destination) || own.location.length == 0 ||
        own.destination.length == 0 || own.destination.data[own.destination.length - 1] == '/' ||
        own.allow & ~known)
        return CDP_ERR_ARGUMENT;
    location = px_copy(own.location);
    destination = px_copy(own.destination);
    own.location = px_string(location);
    own.destination = px_string(destination);
    status = location && destination ? open_bundle(&own, diagnostics) : CDP_ERR_NOMEM;
    free(location);
    free(destination);
    return status;
}
