/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_POSIX_BUNDLE_H
#define CODEDEPLOY_POSIX_BUNDLE_H

/**
 * @file
 * Unpacks a bundle: a directory, a zip, a tar or a gzip-compressed tar (tgz).
 *
 * A bundle is untrusted. Refused, with a diagnostic that names the entry, are: absolute names and
 * names with `..`; entries that lie behind a symbolic link or below a file of the bundle; symbolic
 * links that lead out of the bundle, directly or by way of other links; hard links to anything but
 * an earlier file of the bundle; devices, FIFOs and sockets; files with a set-id bit; a name twice;
 * names that the target file system does not tell apart; encrypted entries and unknown compression;
 * damaged and truncated archives (checksums and end marks are checked); an archive of another type
 * than was said; more bytes or entries than the limits allow, or far more bytes than the archive
 * could honestly hold. (agent.md 2.3; the official agent leaves all this to tar and unzip.)
 *
 * What is unpacked appears at its destination all at once, when all of it is there: until then it
 * is in `DESTINATION.partial`, which is removed when something goes wrong.
 *
 * Names are bytes and stay as they are, whatever the locale. Kept are modes (set-id bits of
 * directories are dropped), times of last change, and for tar and tgz, as root, owners by name or
 * number. ACLs and extended attributes in an archive are not applied. If the top level is a single
 * directory that holds something whose name contains `appspec` in any case, that directory becomes
 * the destination (agent: the way GitHub's archives are made).
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a bundle is. (API shape BundleType, and `directory` of codedeploy-local.) */
typedef enum cdp_posix_bundle_type {
    CDP_POSIX_BUNDLE_DIRECTORY = 1,
    CDP_POSIX_BUNDLE_ZIP = 2,
    CDP_POSIX_BUNDLE_TAR = 3,
    CDP_POSIX_BUNDLE_TGZ = 4
} cdp_posix_bundle_type;

/** `"directory"`, `"zip"`, `"tar"`, `"tgz"`; `"unknown"` for anything else. Static text. */
CDP_API const char *cdp_posix_bundle_type_name(cdp_posix_bundle_type type);

/** @return #CDP_OK; #CDP_ERR_NOT_FOUND for another word; #CDP_ERR_ARGUMENT. */
CDP_API cdp_status cdp_posix_bundle_type_from_name(cdp_string name, cdp_posix_bundle_type *type);

/** What is let through that is otherwise refused or changed, to be added up. */
typedef enum cdp_posix_bundle_allow {
    /** Symbolic links that lead out of the bundle (a Python virtual environment has such). Nothing
     *  is ever written or read through them. */
    CDP_POSIX_BUNDLE_ALLOW_OUTSIDE_LINKS = 1,
    /** Set-id bits of files and directories are kept. */
    CDP_POSIX_BUNDLE_ALLOW_SET_ID = 2,
    /** Owners in a tar are not restored: everything belongs to who unpacks (agent 2.x,
     *  `ignore_ownership_in_bundle`). */
    CDP_POSIX_BUNDLE_IGNORE_OWNERS = 4,
    /** The other way round: every symbolic and every hard link in the bundle is refused (agent 2.x,
     *  `reject_symlinks_in_bundle`). */
    CDP_POSIX_BUNDLE_REFUSE_LINKS = 8
} cdp_posix_bundle_allow;

/** What to unpack, and where to. */
typedef struct cdp_posix_bundle_options {
    /** sizeof(cdp_posix_bundle_options) */
    size_t size;
    /** Path of the file or directory. */
    cdp_string location;
    cdp_posix_bundle_type type;
    /** The directory to make. Its parent exists, it does not. */
    cdp_string destination;
    /** Sum of #cdp_posix_bundle_allow. */
    uint32_t allow;
    /** How many times its own size an archive may unpack to, once that is more than 256 MiB. 0: 200
     *  times, or as `bytes` says when that is given. */
    uint32_t ratio;
    /** Bytes of all files together. 0: 16 GiB. */
    uint64_t bytes;
    /** Files, directories and links. 0: 1,000,000. */
    uint64_t entries;
    /**
     * Told now and then how much has been unpacked (totals so far); anything but #CDP_OK stops it,
     * with this status. May be NULL.
     */
    cdp_status (*progress)(uint64_t entries, uint64_t bytes, void *user);
    void *user;
    /** 1: small files of a directory are copied by a second thread too, which begins when there are
     *  many and has ended before the call returns. It blocks all signals and calls nobody back. */
    int overlap;
    /** 0. */
    int reserved;
} cdp_posix_bundle_options;

/**
 * Unpacks. Whatever it answers but #CDP_OK, nothing is left.
 * @param diagnostics  gets what is wrong, and warnings; may be NULL.
 * @return #CDP_OK; #CDP_ERR_INVALID, the bundle is refused; #CDP_ERR_LIMIT; #CDP_ERR_NOT_FOUND or
 *         #CDP_ERR_DENIED when it cannot be opened; #CDP_ERR_CONFLICT when the destination exists;
 *         #CDP_ERR_FULL; #CDP_ERR_IO; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM; what
 *         `progress` answered.
 */
CDP_API cdp_status cdp_posix_bundle_unpack(const cdp_posix_bundle_options *options,
                                           cdp_diagnostics *diagnostics);

/**
 * Removes what was unpacked: a directory and all that is in it, no link being followed.
 * @return #CDP_OK; #CDP_ERR_IO when something could not be removed; #CDP_ERR_ARGUMENT.
 */
CDP_API cdp_status cdp_posix_remove_tree(cdp_string directory);

#ifdef __cplusplus
}
#endif

#endif
