/* SPDX-License-Identifier: MIT */
/*
 * Throwing away a tree that was moved aside, without losing what is not ours in it: a program may
 * have written into a directory between the plan and the swap, or before a revert.
 */
#include "base/strings.h"
#include "install/apply.h"
#include "install/directories.h"

typedef struct pile {
    cdp_install *in;
    cdp_string staged;
    cdp_string home;
    const cdp_install_record *known;
    cdp_directories directories; /* still to be emptied and then removed */
    cdp_text staged_path;
    cdp_text home_path;
    cdp_text shown_path;
} pile;

static cdp_status put_paths(pile *p, cdp_string directory, cdp_string name)
{
    cdp_text *const paths[] = {&p->staged_path, &p->home_path, &p->shown_path};
    cdp_status status = CDP_OK;

    cdp_text_clear(&p->staged_path);
    cdp_text_put(&p->staged_path, p->staged);
    cdp_text_clear(&p->home_path);
    cdp_text_put(&p->home_path, p->home);
    cdp_text_clear(&p->shown_path);
    cdp_text_put(&p->shown_path, p->in->journal.prefix);
    cdp_text_put(&p->shown_path, p->home);
    for (size_t i = 0; i < 3 && status == CDP_OK; i++) {
        status = cdp_directories_put(paths[i], directory, name);
    }
    return status;
}

static bool is_known(const pile *p)
{
    cdp_string shown = cdp_text_string(&p->shown_path);

    return !p->known ||
           (cdp_install_record_contains(p->known, shown) && !cdp_install_is_claimed(p->in, shown));
}

/* Makes the directories that lead to a foreign file's place, where they are gone. */
static cdp_status make_way(pile *p, cdp_string path)
{
    cdp_status status = CDP_OK;

    for (size_t end = p->home.length; end < path.length && status == CDP_OK; end++) {
        cdp_text part;

        if (path.data[end] != '/')
            continue;
        cdp_text_init(&part, &p->in->allocator);
        cdp_text_put(&part, cdp_string_slice(path.data, end));
        status = cdp_text_status(&part);
        if (status == CDP_OK)
            status =
                cdp_fs_make_directory(&p->in->fs, CDP_FS_DESTINATION, cdp_text_string(&part), 0777);
        cdp_text_release(&part);
        if (status == CDP_ERR_CONFLICT)
            status = CDP_OK;
    }
    return status;
}

/* Moves a foreign file home; beside it when its place is taken. */
static cdp_status send_home(pile *p)
{
    cdp_status status = make_way(p, cdp_text_string(&p->home_path));

    if (status == CDP_OK)
        status = cdp_fs_rename(&p->in->fs, CDP_FS_DESTINATION, cdp_text_string(&p->staged_path),
                               cdp_text_string(&p->home_path), false);
    if (status != CDP_ERR_CONFLICT)
        return status;
    cdp_text_put_c(&p->home_path, ".before-");
    cdp_text_put(&p->home_path, p->in->journal.id);
    status = cdp_text_status(&p->home_path);
    if (status == CDP_OK)
        status = cdp_fs_rename(&p->in->fs, CDP_FS_DESTINATION, cdp_text_string(&p->staged_path),
                               cdp_text_string(&p->home_path), false);
    return status;
}

static cdp_status take_entry(pile *p, size_t directory, cdp_string name, cdp_fs_kind kind)
{
    cdp_status status = put_paths(p, cdp_directories_at(&p->directories, directory), name);

    if (status != CDP_OK)
        return status;
    if (!is_known(p))
        return send_home(p);
    if (kind == CDP_FS_DIRECTORY)
        return cdp_directories_add(&p->directories, cdp_directories_at(&p->directories, directory),
                                   name);
    return cdp_fs_remove_file(&p->in->fs, CDP_FS_DESTINATION, cdp_text_string(&p->staged_path));
}

/* Who is not root cannot empty a directory whose owner may not write to it. It goes anyway. */
static cdp_status open_up(pile *p)
{
    cdp_string path = cdp_text_string(&p->staged_path);
    cdp_fs_info info;
    cdp_status status = cdp_fs_info_get(&p->in->fs, CDP_FS_DESTINATION, path, false, &info);

    if (status == CDP_OK && info.kind == CDP_FS_DIRECTORY && (info.mode & 0700) != 0700)
        (void)cdp_fs_set_mode(&p->in->fs, CDP_FS_DESTINATION, path, 0700);
    return status;
}

static cdp_status empty_directory(pile *p, size_t directory, cdp_fs_listing *listing)
{
    cdp_status status = put_paths(p, cdp_directories_at(&p->directories, directory), CDP_STR(""));

    cdp_fs_listing_clear(listing);
    if (status == CDP_OK)
        status = open_up(p);
    if (status == CDP_OK)
        status = cdp_fs_list(&p->in->fs, CDP_FS_DESTINATION, cdp_text_string(&p->staged_path),
                             false, listing);
    for (size_t i = 0; i < cdp_fs_listing_count(listing) && status == CDP_OK; i++) {
        cdp_string name;
        cdp_fs_kind kind;

        status = cdp_fs_listing_at(listing, i, &name, &kind, NULL);
        if (status == CDP_OK)
            status = take_entry(p, directory, name, kind);
    }
    return status;
}

static cdp_status discard_directory(pile *p)
{
    cdp_fs_listing *listing;
    cdp_status status = cdp_fs_listing_new(&p->in->allocator, &listing);

    if (status != CDP_OK)
        return status;
    status = cdp_directories_add(&p->directories, CDP_STR(""), CDP_STR(""));
    for (size_t i = 0; i < p->directories.count && status == CDP_OK; i++)
        status = empty_directory(p, i, listing);
    for (size_t i = p->directories.count; i-- > 0 && status == CDP_OK;) {
        status = put_paths(p, cdp_directories_at(&p->directories, i), CDP_STR(""));
        if (status == CDP_OK)
            status = cdp_fs_remove_directory(&p->in->fs, CDP_FS_DESTINATION,
                                             cdp_text_string(&p->staged_path));
    }
    cdp_fs_listing_free(listing);
    return status;
}

cdp_status cdp_install_discard(cdp_install *in, cdp_string staged, cdp_string home,
                               const cdp_install_record *known)
{
    pile p = {.in = in, .staged = staged, .home = home, .known = known};
    cdp_fs_info info;
    cdp_status status = cdp_fs_info_get(&in->fs, CDP_FS_DESTINATION, staged, false, &info);

    if (status != CDP_OK || info.kind == CDP_FS_ABSENT)
        return status;
    if (info.kind != CDP_FS_DIRECTORY)
        return cdp_fs_remove_file(&in->fs, CDP_FS_DESTINATION, staged);
    cdp_directories_init(&p.directories, &in->allocator);
    cdp_text_init(&p.staged_path, &in->allocator);
    cdp_text_init(&p.home_path, &in->allocator);
    cdp_text_init(&p.shown_path, &in->allocator);
    status = discard_directory(&p);
    cdp_directories_release(&p.directories);
    cdp_text_release(&p.staged_path);
    cdp_text_release(&p.home_path);
    cdp_text_release(&p.shown_path);
    return status;
}
