/* SPDX-License-Identifier: MIT */
/*
 * Moving a directory that cannot be renamed: overlay file systems, as containers have them, refuse
 * that for what comes from a lower layer. What is in it is moved instead, into directories that are
 * made for it. It may be cut off anywhere, and then be begun again, in either direction: each file
 * is on one of the two sides.
 */
#include "base/strings.h"
#include "install/apply.h"
#include "install/directories.h"
#include "install/listing.h"

/* The mode of a directory that has not got its own yet, which is made with it. */
enum { UNFINISHED = 01700 };

static bool is_unfinished(const cdp_fs_info *info)
{
    return (info->mode & 01777) == UNFINISHED;
}

typedef struct walk {
    cdp_install *in;
    cdp_string from;
    cdp_string to;
    cdp_directories directories;
    cdp_text old_path;
    cdp_text new_path;
} walk;

/* Both paths of a directory of the list, or of a name in it. */
static cdp_status put_paths(walk *w, cdp_string directory, cdp_string name)
{
    cdp_text *const paths[] = {&w->old_path, &w->new_path};
    const cdp_string tops[] = {w->from, w->to};
    cdp_status status = CDP_OK;

    for (int i = 0; i < 2 && status == CDP_OK; i++) {
        cdp_text_clear(paths[i]);
        cdp_text_put(paths[i], tops[i]);
        status = cdp_directories_put(paths[i], directory, name);
    }
    return status;
}

static cdp_status rename_file(walk *w)
{
    return cdp_fs_rename(&w->in->fs, CDP_FS_DESTINATION, cdp_text_string(&w->old_path),
                         cdp_text_string(&w->new_path), false);
}

/* What somebody put into the file's place meanwhile steps aside, as in discard.c. */
static cdp_status move_file(walk *w)
{
    cdp_status status = rename_file(w);
    cdp_text aside;

    if (status != CDP_ERR_CONFLICT)
        return status;
    cdp_text_init(&aside, &w->in->allocator);
    cdp_text_put(&aside, cdp_text_string(&w->new_path));
    cdp_text_put_c(&aside, ".before-");
    cdp_text_put(&aside, w->in->journal.id);
    status = cdp_text_status(&aside);
    if (status == CDP_OK)
        status = cdp_fs_rename(&w->in->fs, CDP_FS_DESTINATION, cdp_text_string(&w->new_path),
                               cdp_text_string(&aside), false);
    cdp_text_release(&aside);
    return status == CDP_OK ? rename_file(w) : status;
}

/* Makes the name durable that a path ends in, or that it does not any more. */
static cdp_status sync_name(cdp_install *in, cdp_string path)
{
    cdp_text above;
    cdp_status status;

    if (in->journal.volatile_data)
        return CDP_OK;
    while (path.length > 1 && path.data[path.length - 1] != '/')
        path.length--;
    cdp_text_init(&above, &in->allocator);
    cdp_text_put(&above, cdp_string_slice(path.data, path.length > 1 ? path.length - 1 : 1));
    status = cdp_text_status(&above);
    if (status == CDP_OK)
        status = cdp_fs_sync_directory(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&above));
    cdp_text_release(&above);
    return status;
}

/* Made for good before anything is moved into it. */
static cdp_status make_directory(walk *w)
{
    cdp_string path = cdp_text_string(&w->new_path);
    cdp_status status = cdp_fs_make_directory(&w->in->fs, CDP_FS_DESTINATION, path, UNFINISHED);

    if (status == CDP_ERR_CONFLICT)
        return CDP_OK;
    return status == CDP_OK ? sync_name(w->in, path) : status;
}

static cdp_status move_content(walk *w, size_t directory, cdp_fs_listing *listing)
{
    cdp_directories *all = &w->directories;
    cdp_status status = put_paths(w, cdp_directories_at(all, directory), CDP_STR(""));

    if (status == CDP_OK)
        status = make_directory(w);
    cdp_fs_listing_clear(listing);
    if (status == CDP_OK)
        status = cdp_fs_list(&w->in->fs, CDP_FS_DESTINATION, cdp_text_string(&w->old_path), false,
                             listing);
    for (size_t i = 0; i < listing->count && status == CDP_OK; i++) {
        cdp_string name = cdp_fs_listing_name(listing, i);

        if (listing->entries[i].kind == CDP_FS_DIRECTORY) {
            status = cdp_directories_add(all, cdp_directories_at(all, directory), name);
            continue;
        }
        status = put_paths(w, cdp_directories_at(all, directory), name);
        if (status == CDP_OK)
            status = move_file(w);
    }
    return status;
}

static cdp_status set_owner(walk *w, const cdp_fs_info *info)
{
    cdp_text owner;
    cdp_text group;
    cdp_status status;

    cdp_text_init(&owner, &w->in->allocator);
    cdp_text_init(&group, &w->in->allocator);
    cdp_text_put_uint(&owner, info->owner);
    cdp_text_put_uint(&group, info->group);
    status = cdp_text_status(&owner) == CDP_OK ? cdp_text_status(&group) : CDP_ERR_NOMEM;
    if (status == CDP_OK)
        status = cdp_fs_set_owner(&w->in->fs, CDP_FS_DESTINATION, cdp_text_string(&w->new_path),
                                  cdp_text_string(&owner), cdp_text_string(&group));
    cdp_text_release(&owner);
    cdp_text_release(&group);
    return status;
}

/* Its content has gone: the new one becomes what the old one was, which goes. One that was never
 * finished was made for a directory that is there still. */
static cdp_status finish_directory(walk *w, size_t directory)
{
    cdp_fs_info old;
    cdp_fs_info new;
    cdp_status status = put_paths(w, cdp_directories_at(&w->directories, directory), CDP_STR(""));

    if (status == CDP_OK)
        status = cdp_fs_info_get(&w->in->fs, CDP_FS_DESTINATION, cdp_text_string(&w->old_path),
                                 false, &old);
    if (status == CDP_OK)
        status = cdp_fs_info_get(&w->in->fs, CDP_FS_DESTINATION, cdp_text_string(&w->new_path),
                                 false, &new);
    if (status == CDP_OK && !is_unfinished(&old) &&
        (old.owner != new.owner || old.group != new.group))
        status = set_owner(w, &old);
    if (status == CDP_OK && !is_unfinished(&old) && old.mode != new.mode)
        status = cdp_fs_set_mode(&w->in->fs, CDP_FS_DESTINATION, cdp_text_string(&w->new_path),
                                 old.mode);
    /* What was moved, on both sides, before the old one's end. */
    if (status == CDP_OK && !w->in->journal.volatile_data)
        status =
            cdp_fs_sync_directory(&w->in->fs, CDP_FS_DESTINATION, cdp_text_string(&w->new_path));
    if (status == CDP_OK && !w->in->journal.volatile_data)
        status =
            cdp_fs_sync_directory(&w->in->fs, CDP_FS_DESTINATION, cdp_text_string(&w->old_path));
    if (status == CDP_OK)
        status =
            cdp_fs_remove_directory(&w->in->fs, CDP_FS_DESTINATION, cdp_text_string(&w->old_path));
    return status;
}

cdp_status cdp_install_move_piecewise(cdp_install *in, cdp_string from, cdp_string to)
{
    walk w = {.in = in, .from = from, .to = to};
    cdp_fs_listing listing;
    cdp_status status;

    cdp_fs_listing_init(&listing, &in->allocator);
    cdp_directories_init(&w.directories, &in->allocator);
    cdp_text_init(&w.old_path, &in->allocator);
    cdp_text_init(&w.new_path, &in->allocator);
    status = cdp_directories_add(&w.directories, CDP_STR(""), CDP_STR(""));
    for (size_t i = 0; i < w.directories.count && status == CDP_OK; i++)
        status = move_content(&w, i, &listing);
    for (size_t i = w.directories.count; i-- > 0 && status == CDP_OK;)
        status = finish_directory(&w, i);
    if (status == CDP_OK)
        status = sync_name(in, from);
    cdp_fs_listing_release(&listing);
    cdp_directories_release(&w.directories);
    cdp_text_release(&w.old_path);
    cdp_text_release(&w.new_path);
    return status;
}
