/* SPDX-License-Identifier: MIT */
/* Laying out a tree before a test, and looking at it afterwards. */
#include "fs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- laying out ---- */

static cdp_status make_directories(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path,
                                   uint32_t last_mode)
{
    for (size_t end = 1; end <= path.length; end++) {
        cdp_string part = {path.data, end};
        sim_place place;
        cdp_status status;
        sim_id inode;

        if (end < path.length && path.data[end] != '/')
            continue;
        status = sim_resolve(fs, root, part, true, &place);
        if (status == CDP_OK && !place.inode)
            status = sim_make(fs, &place, CDP_FS_DIRECTORY, end == path.length ? last_mode : 0755,
                              &inode);
        else if (status == CDP_OK &&
                 sim_store_inode(&fs->store, place.inode)->kind != CDP_FS_DIRECTORY)
            status = CDP_ERR_CONFLICT;
        if (status != CDP_OK)
            return status;
    }
    return CDP_OK;
}

static cdp_status make_parents(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path)
{
    size_t end = path.length;

    if (!path.data || end == 0)
        return CDP_ERR_ARGUMENT;
    while (end > 0 && path.data[end - 1] != '/')
        end--;
    return end > 1 ? make_directories(fs, root, (cdp_string){path.data, end - 1}, 0755) : CDP_OK;
}

static cdp_status put(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path, cdp_fs_kind kind,
                      uint32_t mode, cdp_string content)
{
    sim_place place;
    cdp_status status;

    if (!fs)
        return CDP_ERR_ARGUMENT;
    status = make_parents(fs, root, path);
    if (status == CDP_OK)
        status = sim_resolve(fs, root, path, false, &place);
    if (status == CDP_OK && place.inode) {
        if (sim_store_inode(&fs->store, place.inode)->kind == CDP_FS_DIRECTORY)
            return CDP_ERR_CONFLICT;
        status = sim_unlink(fs, &place);
    }
    if (status == CDP_OK)
        status = sim_make(fs, &place, kind, mode, &place.inode);
    if (status == CDP_OK)
        status = sim_set_content(fs, place.inode, content);
    sim_log_sync_all(&fs->log);
    return status;
}

cdp_status cdp_sim_fs_put_directory(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path,
                                    uint32_t mode)
{
    sim_place place;
    cdp_status status;

    if (!fs || !path.data || path.length == 0)
        return CDP_ERR_ARGUMENT;
    status = path.length > 1 ? make_directories(fs, root, path, mode) : CDP_OK;
    if (status == CDP_OK)
        status = sim_resolve(fs, root, path, true, &place);
    if (status == CDP_OK) {
        sim_store_inode(&fs->store, place.inode)->mode = mode;
        status = sim_changed(fs, place.inode);
    }
    sim_log_sync_all(&fs->log);
    return status;
}

cdp_status cdp_sim_fs_put_file(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path, uint32_t mode,
                               cdp_string content)
{
    return put(fs, root, path, CDP_FS_REGULAR, mode, content);
}

cdp_status cdp_sim_fs_put_symlink(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path,
                                  cdp_string target)
{
    return put(fs, root, path, CDP_FS_SYMLINK, 0777, target);
}

cdp_status cdp_sim_fs_put_other(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path, uint32_t mode)
{
    return put(fs, root, path, CDP_FS_OTHER, mode, (cdp_string){"", 0});
}

cdp_status cdp_sim_fs_set_device(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path, uint64_t device)
{
    sim_place place;
    cdp_status status = fs ? sim_resolve(fs, root, path, true, &place) : CDP_ERR_ARGUMENT;

    if (status == CDP_OK && !place.inode)
        status = CDP_ERR_ARGUMENT;
    if (status != CDP_OK)
        return status;
    sim_store_inode(&fs->store, place.inode)->device = device;
    status = sim_changed(fs, place.inode);
    sim_log_sync_all(&fs->log);
    return status;
}

/* ---- a picture ---- */

typedef struct line {
    cdp_string path; /* malloc'ed */
    sim_id inode;
} line;

typedef struct lines {
    line *items;
    size_t count;
    size_t capacity;
} lines;

static int compare_lines(const void *a, const void *b)
{
    return strcmp(((const line *)a)->path.data, ((const line *)b)->path.data);
}

static bool add_line(lines *all, cdp_string parent, cdp_string name, sim_id inode)
{
    char *path;

    if (all->count == all->capacity) {
        size_t capacity = all->capacity ? all->capacity * 2 : 64;
        line *items = realloc(all->items, capacity * sizeof *items);

        if (!items)
            return false;
        all->items = items;
        all->capacity = capacity;
    }
    path = malloc(parent.length + name.length + 2);
    if (!path)
        return false;
    memcpy(path, parent.data, parent.length);
    path[parent.length] = '/';
    memcpy(path + parent.length + 1, name.data, name.length);
    path[parent.length + 1 + name.length] = '\0';
    all->items[all->count++] = (line){{path, parent.length + 1 + name.length}, inode};
    return true;
}

static bool add_children(lines *all, const cdp_sim_fs *fs, cdp_string path, sim_id inode)
{
    const sim_inode *directory = sim_store_inode(&fs->store, inode);

    for (sim_id id = directory->first_entry; id; id = sim_store_entry(&fs->store, id)->next) {
        const sim_entry *entry = sim_store_entry(&fs->store, id);

        if (!add_line(all, path, sim_bytes_string(entry->name), entry->inode))
            return false;
    }
    return true;
}

static bool collect(lines *all, const cdp_sim_fs *fs, cdp_fs_root root)
{
    if (!add_children(all, fs, (cdp_string){"", 0}, (sim_id)root))
        return false;
    /* What is found is looked into in its turn: breadth first, without recursion. */
    for (size_t i = 0; i < all->count; i++) {
        if (sim_store_inode(&fs->store, all->items[i].inode)->kind == CDP_FS_DIRECTORY &&
            !add_children(all, fs, all->items[i].path, all->items[i].inode))
            return false;
    }
    if (all->count)
        qsort(all->items, all->count, sizeof *all->items, compare_lines);
    return true;
}

static cdp_status put_c(cdp_text *text, const char *string)
{
    return cdp_text_append(text, string, strlen(string));
}

static bool is_plain(cdp_string string)
{
    for (size_t i = 0; i < string.length; i++) {
        unsigned char c = (unsigned char)string.data[i];

        if (c <= ' ' || c == '"' || c == '\\' || c == 0x7f)
            return false;
    }
    return true;
}

static cdp_status put_quoted(cdp_text *text, cdp_string string)
{
    cdp_status status = put_c(text, "\"");

    for (size_t i = 0; i < string.length && status == CDP_OK; i++) {
        unsigned char c = (unsigned char)string.data[i];
        char escaped[8];

        if (c == '"' || c == '\\')
            snprintf(escaped, sizeof escaped, "\\%c", c);
        else if (c == '\n')
            snprintf(escaped, sizeof escaped, "\\n");
        else if (c < ' ' || c == 0x7f)
            snprintf(escaped, sizeof escaped, "\\u%04x", c);
        else
            snprintf(escaped, sizeof escaped, "%c", c);
        status = put_c(text, escaped);
    }
    return status == CDP_OK ? put_c(text, "\"") : status;
}

static cdp_status put_word(cdp_text *text, cdp_string word)
{
    return is_plain(word) ? cdp_text_append(text, word.data, word.length) : put_quoted(text, word);
}

static cdp_status put_attribute(cdp_text *text, const char *name, sim_bytes value)
{
    cdp_status status = CDP_OK;

    if (value.length > 0) {
        status = put_c(text, name);
        if (status == CDP_OK)
            status = put_word(text, sim_bytes_string(value));
    }
    return status;
}

static cdp_status put_line(cdp_text *text, const line *l, const sim_inode *inode)
{
    char mode[32] = "";
    cdp_status status = put_word(text, l->path);

    if (inode->kind != CDP_FS_SYMLINK)
        snprintf(mode, sizeof mode, " %04o", (unsigned)inode->mode);
    if (status == CDP_OK)
        status = put_c(text, " ");
    if (status == CDP_OK)
        status = put_c(text, cdp_fs_kind_name(inode->kind));
    if (status == CDP_OK)
        status = put_c(text, mode);
    if (status == CDP_OK)
        status = put_attribute(text, " ", inode->owner);
    if (status == CDP_OK)
        status = put_attribute(text, ":", inode->group);
    if (status == CDP_OK && (inode->kind == CDP_FS_REGULAR || inode->kind == CDP_FS_SYMLINK)) {
        status = put_c(text, " ");
        if (status == CDP_OK)
            status = put_quoted(text, sim_bytes_string(inode->content));
    }
    if (status == CDP_OK)
        status = put_attribute(text, " acl ", inode->acl);
    if (status == CDP_OK)
        status = put_attribute(text, " context ", inode->context);
    return status == CDP_OK ? put_c(text, "\n") : status;
}

cdp_status cdp_sim_fs_describe(const cdp_sim_fs *fs, cdp_fs_root root, cdp_text *picture)
{
    lines all = {0};
    cdp_status status = CDP_OK;

    if (!fs || !picture || root < CDP_FS_REVISION || root > CDP_FS_STATE)
        return CDP_ERR_ARGUMENT;
    if (!collect(&all, fs, root))
        status = CDP_ERR_NOMEM;
    for (size_t i = 0; i < all.count; i++) {
        if (status == CDP_OK)
            status =
                put_line(picture, &all.items[i], sim_store_inode(&fs->store, all.items[i].inode));
        free((char *)(uintptr_t)all.items[i].path.data);
    }
    free(all.items);
    return status;
}
