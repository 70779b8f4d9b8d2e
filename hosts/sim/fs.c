/* SPDX-License-Identifier: MIT */
/* The object, the way from a path to an inode, and the changes that everything is made of. */
#include "fs.h"

#include <string.h>

enum { MOST_LINKS = 40 };

cdp_status cdp_sim_fs_new(const cdp_allocator *allocator, cdp_sim_fs **fs)
{
    cdp_allocator own;
    cdp_sim_fs *made;
    cdp_status status;

    if (!fs)
        return CDP_ERR_ARGUMENT;
    status = sim_import_allocator(allocator, &own);
    if (status != CDP_OK)
        return status;
    made = sim_allocate(&own, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    *made = (cdp_sim_fs){.allocator = own, .capacity = UINT64_MAX};
    status = sim_store_init(&made->store, &made->allocator);
    if (status != CDP_OK) {
        sim_release(&own, made, sizeof *made);
        return status;
    }
    *fs = made;
    return CDP_OK;
}

void cdp_sim_fs_free(cdp_sim_fs *fs)
{
    cdp_allocator allocator;

    if (!fs)
        return;
    allocator = fs->allocator;
    sim_log_end(&fs->log);
    sim_store_release(&fs->store);
    sim_release(&allocator, fs, sizeof *fs);
}

/* ---- from a path to an inode ---- */

/* The components that are still to be walked: a path and behind it the rest of others, as links
 * put their targets in front. */
typedef struct walk {
    const cdp_sim_fs *fs;
    cdp_fs_root root;
    cdp_string rest[MOST_LINKS + 1];
    size_t depth;
    sim_id trail[256]; /* the directories from the root down to where we are */
    size_t trail_length;
    size_t links;
} walk;

static bool is_path(cdp_string path)
{
    return path.data && path.length > 0 && path.data[0] == '/' &&
           !memchr(path.data, '\0', path.length);
}

/* Takes the next component; false when there is none left. */
static bool next_component(walk *w, cdp_string *name)
{
    while (w->depth > 0) {
        cdp_string *rest = &w->rest[w->depth - 1];
        size_t length = 0;

        while (rest->length > 0 && rest->data[0] == '/') {
            rest->data++;
            rest->length--;
        }
        if (rest->length == 0) {
            w->depth--;
            continue;
        }
        while (length < rest->length && rest->data[length] != '/')
            length++;
        *name = (cdp_string){rest->data, length};
        rest->data += length;
        rest->length -= length;
        return true;
    }
    return false;
}

static bool is_last(const walk *w)
{
    for (size_t i = 0; i < w->depth; i++) {
        for (size_t at = 0; at < w->rest[i].length; at++) {
            if (w->rest[i].data[at] != '/')
                return false;
        }
    }
    return true;
}

/* A link on the way: its target's components come next, by the rules of the root. */
static cdp_status enter_link(walk *w, const sim_inode *link)
{
    cdp_string target = sim_bytes_string(link->content);

    if (w->root == CDP_FS_STATE || ++w->links > MOST_LINKS)
        return CDP_ERR_DENIED;
    if (target.length > 0 && target.data[0] == '/') {
        if (w->root == CDP_FS_REVISION)
            return CDP_ERR_DENIED;
        w->trail_length = 1;
    }
    if (w->depth == sizeof w->rest / sizeof *w->rest)
        return CDP_ERR_DENIED;
    w->rest[w->depth++] = target;
    return CDP_OK;
}

static cdp_status go_up(walk *w)
{
    if (w->trail_length > 1)
        w->trail_length--;
    else if (w->root == CDP_FS_REVISION)
        return CDP_ERR_DENIED;
    return CDP_OK;
}

static cdp_status walk_on(walk *w, bool follow, sim_place *place)
{
    cdp_string name;

    while (next_component(w, &name)) {
        sim_id here = w->trail[w->trail_length - 1];
        sim_id entry;
        const sim_inode *found;
        cdp_status status = CDP_OK;

        if (sim_store_inode(&w->fs->store, here)->kind != CDP_FS_DIRECTORY)
            return CDP_ERR_NOT_FOUND;
        if (name.length == 1 && name.data[0] == '.')
            continue;
        if (name.length == 2 && memcmp(name.data, "..", 2) == 0) {
            status = go_up(w);
            if (status != CDP_OK)
                return status;
            continue;
        }
        entry = sim_store_find(&w->fs->store, here, name);
        *place = (sim_place){.directory = here, .name = name};
        if (!entry)
            return is_last(w) ? CDP_OK : CDP_ERR_NOT_FOUND;
        place->inode = sim_store_entry(&w->fs->store, entry)->inode;
        found = sim_store_inode(&w->fs->store, place->inode);
        if (found->kind == CDP_FS_SYMLINK && (follow || !is_last(w)))
            status = enter_link(w, found);
        else if (w->trail_length == sizeof w->trail / sizeof *w->trail)
            status = CDP_ERR_LIMIT;
        else
            w->trail[w->trail_length++] = place->inode;
        if (status != CDP_OK)
            return status;
    }
    /* What was walked ended at a directory by `..`, `.` or a link to one. */
    if (w->trail[w->trail_length - 1] != place->inode)
        *place = (sim_place){.inode = w->trail[w->trail_length - 1]};
    return CDP_OK;
}

cdp_status sim_resolve(const cdp_sim_fs *fs, cdp_fs_root root, cdp_string path, bool follow,
                       sim_place *place)
{
    walk w = {.fs = fs, .root = root, .rest = {path}, .depth = 1, .trail_length = 1};
    cdp_status status;

    if (root < CDP_FS_REVISION || root > CDP_FS_STATE || !is_path(path))
        return CDP_ERR_ARGUMENT;
    w.trail[0] = (sim_id)root;
    *place = (sim_place){.inode = (sim_id)root};
    status = walk_on(&w, follow, place);
    place->in_circle = w.links > MOST_LINKS;
    return status;
}

/* ---- changes ---- */

/* Lets go of an inode that has lost its last name, unless a crash may bring one back. */
static void drop_if_nameless(cdp_sim_fs *fs, sim_id inode)
{
    if (sim_store_inode(&fs->store, inode)->links == 0 && !fs->log.active)
        sim_store_drop_inode(&fs->store, inode);
}

cdp_status sim_make(cdp_sim_fs *fs, const sim_place *place, cdp_fs_kind kind, uint32_t mode,
                    sim_id *inode)
{
    cdp_status status = sim_store_make_inode(&fs->store, kind, mode, inode);

    if (status != CDP_OK)
        return status;
    sim_store_inode(&fs->store, *inode)->device =
        sim_store_inode(&fs->store, place->directory)->device;
    sim_store_inode(&fs->store, *inode)->modified = ++fs->clock;
    status = sim_log_made(&fs->log, &fs->store, *inode);
    if (status == CDP_OK)
        status = sim_link(fs, place, *inode);
    else
        sim_store_drop_inode(&fs->store, *inode);
    return status;
}

cdp_status sim_link(cdp_sim_fs *fs, const sim_place *place, sim_id inode)
{
    cdp_status status = sim_log_named(&fs->log, inode, place->directory, place->name);

    if (status == CDP_OK)
        status = sim_store_add_entry(&fs->store, place->directory, place->name, inode);
    return status;
}

cdp_status sim_unlink(cdp_sim_fs *fs, const sim_place *place)
{
    cdp_status status = sim_log_unnamed(&fs->log, place->inode, place->directory, place->name);

    if (status != CDP_OK)
        return status;
    sim_store_remove_entry(&fs->store, sim_store_find(&fs->store, place->directory, place->name));
    drop_if_nameless(fs, place->inode);
    return CDP_OK;
}

cdp_status sim_rename(cdp_sim_fs *fs, const sim_place *from, const sim_place *to)
{
    cdp_status status;

    if (from->inode == to->inode)
        return CDP_OK; /* two names of one file: rename() leaves both */
    status = sim_log_renamed(&fs->log, from->inode, from->directory, from->name, to->directory,
                             to->name);
    if (status != CDP_OK)
        return status;
    if (to->inode) {
        sim_store_remove_entry(&fs->store, sim_store_find(&fs->store, to->directory, to->name));
        drop_if_nameless(fs, to->inode);
    }
    status = sim_store_add_entry(&fs->store, to->directory, to->name, from->inode);
    if (status == CDP_OK)
        sim_store_remove_entry(&fs->store, sim_store_find(&fs->store, from->directory, from->name));
    return status;
}

cdp_status sim_changed(cdp_sim_fs *fs, sim_id inode)
{
    sim_store_inode(&fs->store, inode)->modified = ++fs->clock;
    return sim_log_content(&fs->log, &fs->store, inode);
}

cdp_status sim_set_content(cdp_sim_fs *fs, sim_id id, cdp_string content)
{
    sim_inode *inode = sim_store_inode(&fs->store, id);
    size_t before = inode->content.length;
    cdp_status status;

    if (content.length > before &&
        (fs->store.content_bytes > fs->capacity ||
         content.length - before > fs->capacity - fs->store.content_bytes))
        return CDP_ERR_FULL;
    status = sim_bytes_set(&fs->allocator, &inode->content, content);
    if (status != CDP_OK)
        return status;
    if (inode->kind == CDP_FS_REGULAR)
        fs->store.content_bytes += content.length - before;
    return sim_changed(fs, id);
}

/* ---- faults and crashes ---- */

cdp_status cdp_sim_fs_set_fault(cdp_sim_fs *fs, const cdp_sim_fault *fault)
{
    if (!fs)
        return CDP_ERR_ARGUMENT;
    if (fault && fault->size < sizeof *fault)
        return CDP_ERR_STRUCT;
    fs->fault = fault ? *fault : (cdp_sim_fault){0};
    fs->calls = fs->changes = 0;
    return CDP_OK;
}

uint64_t cdp_sim_fs_call_count(const cdp_sim_fs *fs, int only_changes)
{
    return fs ? (only_changes ? fs->changes : fs->calls) : 0;
}

void cdp_sim_fs_set_lacks(cdp_sim_fs *fs, uint32_t lacks)
{
    if (fs)
        fs->lacks = lacks;
}

void cdp_sim_fs_set_capacity(cdp_sim_fs *fs, uint64_t bytes)
{
    if (fs)
        fs->capacity = bytes;
}

cdp_status cdp_sim_fs_begin_volatile(cdp_sim_fs *fs)
{
    return fs ? sim_log_begin(&fs->log, &fs->store) : CDP_ERR_ARGUMENT;
}

cdp_status cdp_sim_fs_crash(cdp_sim_fs *fs, cdp_sim_loss loss, uint64_t seed)
{
    cdp_status status;

    if (!fs || loss < CDP_SIM_LOSE_NOTHING || loss > CDP_SIM_LOSE_LATEST)
        return CDP_ERR_ARGUMENT;
    if (!fs->log.active)
        return CDP_ERR_STATE;
    status = sim_log_crash(&fs->log, &fs->store, loss, seed);
    if (status == CDP_OK)
        status = cdp_sim_fs_set_fault(fs, NULL);
    return status;
}
