/* SPDX-License-Identifier: MIT */
/* The callbacks of cdp_fs, as <codedeploy/filesystem.h> promises them. */
#include "fs.h"

#include <string.h>

/* ---- counting and faults ---- */

static cdp_status begin(cdp_sim_fs *fs, bool is_change)
{
    uint64_t number;

    fs->calls++;
    fs->changes += is_change;
    if (fs->fault.at == 0 || (fs->fault.only_changes && !is_change))
        return CDP_OK;
    number = fs->fault.only_changes ? fs->changes : fs->calls;
    if (number == fs->fault.at || (number > fs->fault.at && fs->fault.persistent))
        return fs->fault.status;
    return CDP_OK;
}

#define BEGIN(is_change)                                                                           \
    cdp_sim_fs *fs = user;                                                                         \
    cdp_status status = begin(fs, is_change);                                                      \
    if (status != CDP_OK)                                                                          \
    return status

static cdp_status find(const cdp_sim_fs *fs, cdp_fs_root root, cdp_string path, bool follow,
                       sim_place *place)
{
    cdp_status status = sim_resolve(fs, root, path, follow, place);

    return status == CDP_OK && !place->inode ? CDP_ERR_NOT_FOUND : status;
}

/* A place where something can be made. */
static cdp_status find_free(const cdp_sim_fs *fs, cdp_fs_root root, cdp_string path,
                            sim_place *place)
{
    cdp_status status = sim_resolve(fs, root, path, false, place);

    return status == CDP_OK && place->inode ? CDP_ERR_CONFLICT : status;
}

/* ---- looking ---- */

static cdp_status call_info(cdp_fs_root root, cdp_string path, int follow, cdp_fs_info *info,
                            void *user)
{
    const sim_inode *inode;
    sim_place place;

    BEGIN(false);
    status = find(fs, root, path, follow != 0, &place);
    /* A circle at the end leads nowhere; on the way it is an error. */
    if (status == CDP_ERR_DENIED && place.in_circle && follow)
        return find(fs, root, path, false, &place);
    if (status == CDP_ERR_NOT_FOUND)
        return CDP_OK;
    if (status != CDP_OK)
        return status;
    inode = sim_store_inode(&fs->store, place.inode);
    info->kind = inode->kind;
    info->mode = inode->mode;
    info->bytes = inode->kind == CDP_FS_REGULAR ? inode->content.length : 0;
    info->device = inode->device;
    info->inode = place.inode;
    info->links = inode->links;
    info->modified_seconds = inode->modified;
    return CDP_OK;
}

static cdp_status call_list(cdp_fs_root root, cdp_string path, int want_bytes,
                            cdp_fs_listing *listing, void *user)
{
    sim_place place;

    BEGIN(false);
    status = find(fs, root, path, true, &place);
    if (status != CDP_OK)
        return status;
    if (sim_store_inode(&fs->store, place.inode)->kind != CDP_FS_DIRECTORY)
        return CDP_ERR_CONFLICT;
    for (sim_id id = sim_store_inode(&fs->store, place.inode)->first_entry; id && status == CDP_OK;
         id = sim_store_entry(&fs->store, id)->next) {
        const sim_entry *entry = sim_store_entry(&fs->store, id);
        const sim_inode *inode = sim_store_inode(&fs->store, entry->inode);
        bool has_bytes = want_bytes && inode->kind == CDP_FS_REGULAR;

        status = cdp_fs_listing_add(listing, sim_bytes_string(entry->name), inode->kind,
                                    has_bytes ? inode->content.length : 0);
    }
    return status;
}

static cdp_status call_read_link(cdp_fs_root root, cdp_string path, cdp_text *target, void *user)
{
    const sim_inode *inode;
    sim_place place;

    BEGIN(false);
    status = find(fs, root, path, false, &place);
    if (status != CDP_OK)
        return status;
    inode = sim_store_inode(&fs->store, place.inode);
    if (inode->kind != CDP_FS_SYMLINK)
        return CDP_ERR_CONFLICT;
    return cdp_text_append(target, sim_bytes_string(inode->content).data, inode->content.length);
}

static cdp_status call_read_file(cdp_fs_root root, cdp_string path, uint64_t limit,
                                 cdp_text *content, void *user)
{
    const sim_inode *inode;
    sim_place place;

    BEGIN(false);
    status = find(fs, root, path, false, &place);
    if (status != CDP_OK)
        return status;
    inode = sim_store_inode(&fs->store, place.inode);
    if (inode->kind != CDP_FS_REGULAR)
        return CDP_ERR_CONFLICT;
    if (inode->content.length > limit)
        return CDP_ERR_LIMIT;
    return cdp_text_append(content, sim_bytes_string(inode->content).data, inode->content.length);
}

/* ---- making and removing ---- */

static cdp_status call_make_directory(cdp_fs_root root, cdp_string path, uint32_t mode, void *user)
{
    sim_place place;
    sim_id inode;

    BEGIN(true);
    status = find_free(fs, root, path, &place);
    return status == CDP_OK ? sim_make(fs, &place, CDP_FS_DIRECTORY, mode & ~022u, &inode) : status;
}

static cdp_status call_make_symlink(cdp_fs_root root, cdp_string path, cdp_string target,
                                    void *user)
{
    sim_place place;
    sim_id inode;

    BEGIN(true);
    status = find_free(fs, root, path, &place);
    if (status == CDP_OK)
        status = sim_make(fs, &place, CDP_FS_SYMLINK, 0777, &inode);
    return status == CDP_OK ? sim_set_content(fs, inode, target) : status;
}

static cdp_status copy_attributes(cdp_sim_fs *fs, sim_id to, sim_id from, uint32_t keep)
{
    sim_inode *target = sim_store_inode(&fs->store, to);
    const sim_inode *source = sim_store_inode(&fs->store, from);
    cdp_status status = CDP_OK;

    if (keep & CDP_FS_KEEP_MODE)
        target->mode = source->mode;
    if (keep & CDP_FS_KEEP_OWNER) {
        status = sim_bytes_set(&fs->allocator, &target->owner, sim_bytes_string(source->owner));
        if (status == CDP_OK)
            status = sim_bytes_set(&fs->allocator, &target->group, sim_bytes_string(source->group));
    }
    if (status == CDP_OK && (keep & CDP_FS_KEEP_ATTRIBUTES))
        status = sim_bytes_set(&fs->allocator, &target->acl, sim_bytes_string(source->acl));
    return status;
}

static cdp_status call_copy_file(cdp_fs_root from_root, cdp_string from, cdp_fs_root to_root,
                                 cdp_string to, uint32_t keep, const cdp_fs_progress *progress,
                                 void *user)
{
    sim_place source;
    sim_place place;
    sim_id inode;

    BEGIN(true);
    status = find(fs, from_root, from, false, &source);
    if (status == CDP_OK && sim_store_inode(&fs->store, source.inode)->kind != CDP_FS_REGULAR)
        status = CDP_ERR_CONFLICT;
    if (status == CDP_OK)
        status = find_free(fs, to_root, to, &place);
    if (status == CDP_OK)
        status = sim_make(fs, &place, CDP_FS_REGULAR, 0600, &inode);
    if (status == CDP_OK)
        status = copy_attributes(fs, inode, source.inode, keep);
    if (status == CDP_OK) {
        cdp_string content = sim_bytes_string(sim_store_inode(&fs->store, source.inode)->content);

        status = sim_set_content(fs, inode, content);
        if (status == CDP_OK)
            status = cdp_fs_progress_add(progress, content.length);
    }
    return status;
}

static cdp_status call_rename(cdp_fs_root root, cdp_string from, cdp_string to, int replace,
                              void *user)
{
    sim_place source;
    sim_place target;
    bool is_directory;

    BEGIN(true);
    status = find(fs, root, from, false, &source);
    if (status == CDP_OK)
        status = sim_resolve(fs, root, to, false, &target);
    if (status != CDP_OK)
        return status;
    if (!source.directory || (target.inode && !target.directory))
        return CDP_ERR_DENIED;
    is_directory = sim_store_inode(&fs->store, source.inode)->kind == CDP_FS_DIRECTORY;
    if (target.inode && (!replace || is_directory ||
                         sim_store_inode(&fs->store, target.inode)->kind == CDP_FS_DIRECTORY))
        return CDP_ERR_CONFLICT;
    if (sim_store_inode(&fs->store, source.inode)->device !=
        sim_store_inode(&fs->store, target.directory)->device)
        return CDP_ERR_UNSUPPORTED;
    return sim_rename(fs, &source, &target);
}

static cdp_status call_hard_link(cdp_fs_root root, cdp_string from, cdp_string to, void *user)
{
    sim_place source;
    sim_place place;

    BEGIN(true);
    if (fs->lacks & CDP_SIM_FS_NO_HARD_LINKS)
        return CDP_ERR_UNSUPPORTED;
    status = find(fs, root, from, false, &source);
    if (status == CDP_OK)
        status = find_free(fs, root, to, &place);
    if (status != CDP_OK)
        return status;
    if (sim_store_inode(&fs->store, source.inode)->kind == CDP_FS_DIRECTORY)
        return CDP_ERR_CONFLICT;
    if (sim_store_inode(&fs->store, source.inode)->device !=
        sim_store_inode(&fs->store, place.directory)->device)
        return CDP_ERR_UNSUPPORTED;
    return sim_link(fs, &place, source.inode);
}

static cdp_status call_remove_file(cdp_fs_root root, cdp_string path, void *user)
{
    sim_place place;

    BEGIN(true);
    status = find(fs, root, path, false, &place);
    if (status != CDP_OK)
        return status;
    if (sim_store_inode(&fs->store, place.inode)->kind == CDP_FS_DIRECTORY)
        return CDP_ERR_CONFLICT;
    return sim_unlink(fs, &place);
}

static cdp_status call_remove_directory(cdp_fs_root root, cdp_string path, void *user)
{
    const sim_inode *inode;
    sim_place place;

    BEGIN(true);
    status = find(fs, root, path, false, &place);
    if (status != CDP_OK)
        return status;
    inode = sim_store_inode(&fs->store, place.inode);
    if (inode->kind != CDP_FS_DIRECTORY || inode->first_entry)
        return CDP_ERR_CONFLICT;
    return place.directory ? sim_unlink(fs, &place) : CDP_ERR_DENIED;
}

/* ---- attributes ---- */

static cdp_status call_set_mode(cdp_fs_root root, cdp_string path, uint32_t mode, void *user)
{
    sim_place place;

    BEGIN(true);
    status = find(fs, root, path, false, &place);
    if (status != CDP_OK)
        return status;
    if (sim_store_inode(&fs->store, place.inode)->kind == CDP_FS_SYMLINK)
        return CDP_ERR_UNSUPPORTED;
    sim_store_inode(&fs->store, place.inode)->mode = mode & 07777u;
    return sim_changed(fs, place.inode);
}

/* Every name is known but this one. */
static cdp_status call_check_owner(cdp_string owner, cdp_string group, void *user)
{
    static const char unknown[] = "nosuch";

    BEGIN(false);
    if ((owner.data && strcmp(owner.data, unknown) == 0) ||
        (group.data && strcmp(group.data, unknown) == 0))
        return CDP_ERR_INVALID;
    return CDP_OK;
}

static cdp_status call_set_owner(cdp_fs_root root, cdp_string path, cdp_string owner,
                                 cdp_string group, void *user)
{
    sim_inode *inode;
    sim_place place;

    BEGIN(true);
    status = find(fs, root, path, false, &place);
    if (status != CDP_OK)
        return status;
    inode = sim_store_inode(&fs->store, place.inode);
    if (owner.data)
        status = sim_bytes_set(&fs->allocator, &inode->owner, owner);
    if (status == CDP_OK && group.data)
        status = sim_bytes_set(&fs->allocator, &inode->group, group);
    return status == CDP_OK ? sim_changed(fs, place.inode) : status;
}

static cdp_status append_joined(cdp_text *text, const cdp_string *parts, size_t count)
{
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < count && status == CDP_OK; i++) {
        if (i > 0)
            status = cdp_text_append(text, ",", 1);
        if (status == CDP_OK && parts[i].data)
            status = cdp_text_append(text, parts[i].data, parts[i].length);
    }
    return status;
}

static cdp_status set_joined(cdp_sim_fs *fs, sim_bytes *bytes, const cdp_string *parts,
                             size_t count)
{
    cdp_text *text;
    cdp_status status = cdp_text_new(&fs->allocator, &text);

    if (status != CDP_OK)
        return status;
    status = append_joined(text, parts, count);
    if (status == CDP_OK)
        status = sim_bytes_set(&fs->allocator, bytes, cdp_text_string(text));
    cdp_text_free(text);
    return status;
}

static cdp_status call_set_acl(cdp_fs_root root, cdp_string path, const cdp_string *entries,
                               size_t count, void *user)
{
    sim_inode *inode;
    sim_place place;

    BEGIN(true);
    if (fs->lacks & CDP_SIM_FS_NO_ACLS)
        return CDP_ERR_UNSUPPORTED;
    status = find(fs, root, path, false, &place);
    if (status != CDP_OK)
        return status;
    inode = sim_store_inode(&fs->store, place.inode);
    for (size_t i = 0; i < count; i++) {
        if (inode->kind != CDP_FS_DIRECTORY && entries[i].length > 7 &&
            memcmp(entries[i].data, "default", 7) == 0)
            return CDP_ERR_CONFLICT;
    }
    status = set_joined(fs, &inode->acl, entries, count);
    return status == CDP_OK ? sim_changed(fs, place.inode) : status;
}

static cdp_status call_set_context(cdp_fs_root root, cdp_string path, const cdp_fs_context *context,
                                   void *user)
{
    const cdp_string parts[] = {context->user, context->type, context->range};
    sim_place place;

    BEGIN(true);
    if (fs->lacks & CDP_SIM_FS_NO_CONTEXTS)
        return CDP_ERR_UNSUPPORTED;
    status = find(fs, root, path, false, &place);
    if (status == CDP_OK)
        status = set_joined(fs, &sim_store_inode(&fs->store, place.inode)->context, parts, 3);
    return status == CDP_OK ? sim_changed(fs, place.inode) : status;
}

static cdp_status call_remove_context(cdp_fs_root root, cdp_string path, void *user)
{
    sim_place place;

    BEGIN(true);
    status = find(fs, root, path, false, &place);
    if (status == CDP_ERR_NOT_FOUND)
        return CDP_OK; /* the policy may know paths that are gone */
    if (status != CDP_OK)
        return status;
    sim_bytes_clear(&fs->allocator, &sim_store_inode(&fs->store, place.inode)->context);
    return sim_changed(fs, place.inode);
}

/* ---- small files and durability ---- */

static cdp_status open_or_make(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path, sim_place *place)
{
    cdp_status status = sim_resolve(fs, root, path, false, place);

    if (status == CDP_OK && !place->inode)
        status = sim_make(fs, place, CDP_FS_REGULAR, 0600, &place->inode);
    else if (status == CDP_OK && sim_store_inode(&fs->store, place->inode)->kind != CDP_FS_REGULAR)
        status = CDP_ERR_CONFLICT;
    return status;
}

/* As one step: a crash finds the old content or the new. */
static cdp_status call_write_file(cdp_fs_root root, cdp_string path, cdp_string content, void *user)
{
    sim_place place;

    BEGIN(true);
    status = open_or_make(fs, root, path, &place);
    if (status == CDP_OK)
        status = sim_set_content(fs, place.inode, content);
    if (status == CDP_OK) {
        sim_log_sync_inode(&fs->log, place.inode);
        sim_log_sync_directory(&fs->log, place.directory);
    }
    return status;
}

static cdp_status call_append_file(cdp_fs_root root, cdp_string path, cdp_string content,
                                   void *user)
{
    sim_place place;
    cdp_text *text;

    BEGIN(true);
    status = cdp_text_new(&fs->allocator, &text);
    if (status == CDP_OK)
        status = open_or_make(fs, root, path, &place);
    if (status == CDP_OK) {
        cdp_string before = sim_bytes_string(sim_store_inode(&fs->store, place.inode)->content);

        status = cdp_text_append(text, before.data, before.length);
    }
    if (status == CDP_OK)
        status = cdp_text_append(text, content.data, content.length);
    if (status == CDP_OK)
        status = sim_set_content(fs, place.inode, cdp_text_string(text));
    cdp_text_free(text);
    return status;
}

static cdp_status call_sync_file(cdp_fs_root root, cdp_string path, void *user)
{
    sim_place place;

    BEGIN(true);
    status = find(fs, root, path, false, &place);
    if (status == CDP_OK)
        sim_log_sync_inode(&fs->log, place.inode);
    return status;
}

static cdp_status call_sync_directory(cdp_fs_root root, cdp_string path, void *user)
{
    sim_place place;

    BEGIN(true);
    status = find(fs, root, path, true, &place);
    if (status == CDP_OK) {
        sim_log_sync_directory(&fs->log, place.inode);
        sim_log_sync_inode(&fs->log, place.inode);
    }
    return status;
}

static cdp_status call_sync_all(cdp_fs_root root, void *user)
{
    (void)root;
    BEGIN(true);
    if (fs->lacks & CDP_SIM_FS_NO_SYNC_ALL)
        return CDP_PASSTHROUGH;
    sim_log_sync_all(&fs->log);
    return CDP_OK;
}

cdp_status cdp_sim_fs_callbacks(cdp_sim_fs *fs, cdp_fs *callbacks)
{
    const size_t size = callbacks ? callbacks->size : 0;

    if (!fs || !callbacks)
        return CDP_ERR_ARGUMENT;
    if (size < sizeof *callbacks)
        return CDP_ERR_STRUCT;
    *callbacks = (cdp_fs){
        .size = size,
        .info = call_info,
        .list = call_list,
        .read_link = call_read_link,
        .read_file = call_read_file,
        .make_directory = call_make_directory,
        .copy_file = call_copy_file,
        .make_symlink = call_make_symlink,
        .rename = call_rename,
        .hard_link = call_hard_link,
        .remove_file = call_remove_file,
        .remove_directory = call_remove_directory,
        .set_mode = call_set_mode,
        .set_owner = call_set_owner,
        .check_owner = call_check_owner,
        .set_acl = call_set_acl,
        .set_context = call_set_context,
        .remove_context = call_remove_context,
        .write_file = call_write_file,
        .append_file = call_append_file,
        .sync_file = call_sync_file,
        .sync_directory = call_sync_directory,
        .sync_all = call_sync_all,
        .user = fs,
    };
    return CDP_OK;
}
