/* SPDX-License-Identifier: MIT */
/*
 * While an install waits to be kept or taken back, another group may install over its files. Then
 * they are that group's: its cleanup record is the newer one and names them. Taking back passes
 * them over.
 */
#include "base/allocator.h"
#include "base/strings.h"
#include "install/apply.h"
#include "install/listing.h"
#include "install/record.h"

static const char suffix[] = "-cleanup";

/* Ours until it has its name; afterwards the one that has it. */
static cdp_status look_at_own(cdp_install *in, cdp_fs_info *own)
{
    static const char *const suffixes[] = {"-cleanup.new", "-cleanup"};
    cdp_status status = CDP_OK;

    *own = (cdp_fs_info){.kind = CDP_FS_ABSENT};
    for (size_t i = 0; i < 2 && status == CDP_OK && own->kind == CDP_FS_ABSENT; i++) {
        cdp_journal_put_file(&in->journal, suffixes[i], &in->path);
        status = cdp_text_status(&in->path);
        if (status == CDP_OK)
            status = cdp_fs_info_get(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path), false, own);
    }
    return status;
}

/* Of one moment counts as newer, as for a plan. */
static bool is_newer(const cdp_fs_info *theirs, const cdp_fs_info *own)
{
    if (theirs->modified_seconds != own->modified_seconds)
        return theirs->modified_seconds > own->modified_seconds;
    return theirs->modified_nanoseconds >= own->modified_nanoseconds;
}

static bool is_others_record(const cdp_install *in, cdp_string name)
{
    const size_t length = sizeof suffix - 1;
    cdp_string group = {name.data, name.length > length ? name.length - length : 0};

    return group.length > 0 && memcmp(name.data + group.length, suffix, length) == 0 &&
           !cdp_string_equal(group, in->journal.group);
}

static cdp_status add(cdp_install *in, cdp_string content)
{
    cdp_install_record *record;
    cdp_status status = cdp_array_reserve(&in->allocator, (void **)&in->claims, &in->claim_capacity,
                                          in->claim_count + 1, sizeof *in->claims);

    if (status == CDP_OK)
        status =
            cdp_install_record_parse(content.data, content.length, &in->allocator, NULL, &record);
    if (status == CDP_OK)
        in->claims[in->claim_count++] = record;
    return status;
}

static cdp_status take(cdp_install *in, cdp_string name, const cdp_fs_info *own)
{
    cdp_fs_info info;
    cdp_text content;
    cdp_status status;

    cdp_text_clear(&in->path);
    cdp_text_put_byte(&in->path, '/');
    cdp_text_put(&in->path, name);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_fs_info_get(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path), false, &info);
    if (status != CDP_OK || info.kind != CDP_FS_REGULAR || !is_newer(&info, own))
        return status;
    cdp_text_init(&content, &in->allocator);
    status =
        cdp_fs_read_file(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path), UINT32_MAX, &content);
    if (status == CDP_OK)
        status = add(in, cdp_text_string(&content));
    cdp_text_release(&content);
    /* Gone meanwhile. */
    return status == CDP_ERR_NOT_FOUND ? CDP_OK : status;
}

cdp_status cdp_install_find_claims(cdp_install *in)
{
    cdp_fs_listing listing;
    cdp_fs_info own;
    cdp_status status;

    cdp_install_release_claims(in);
    status = look_at_own(in, &own);
    if (status != CDP_OK || own.kind == CDP_FS_ABSENT)
        return cdp_install_failed(in, status, "look at", cdp_text_string(&in->path));
    cdp_fs_listing_init(&listing, &in->allocator);
    status = cdp_fs_list(&in->fs, CDP_FS_STATE, CDP_STR("/"), false, &listing);
    for (size_t i = 0; i < listing.count && status == CDP_OK; i++) {
        cdp_string name = cdp_fs_listing_name(&listing, i);

        if (is_others_record(in, name))
            status = take(in, name, &own);
    }
    cdp_fs_listing_release(&listing);
    /* A host that lists nothing there has no other groups. */
    if (status == CDP_ERR_UNSUPPORTED || status == CDP_ERR_NOT_FOUND)
        status = CDP_OK;
    return cdp_install_failed(in, status, "look through the records beside those of",
                              in->journal.group);
}

bool cdp_install_is_claimed(const cdp_install *in, cdp_string shown)
{
    for (size_t i = 0; i < in->claim_count; i++) {
        if (cdp_install_record_contains(in->claims[i], shown))
            return true;
    }
    return false;
}

void cdp_install_release_claims(cdp_install *in)
{
    for (size_t i = 0; i < in->claim_count; i++)
        cdp_install_record_free(in->claims[i]);
    cdp_release(&in->allocator, in->claims, in->claim_capacity * sizeof *in->claims);
    in->claims = NULL;
    in->claim_count = in->claim_capacity = 0;
}
