/* SPDX-License-Identifier: MIT */
#include "acl.h"

#include <acl/libacl.h>
#include <errno.h>
#include <stdio.h>
#include <sys/acl.h>
#include <sys/stat.h>

/* One entry, taken apart. */
typedef struct acl_entry {
    bool is_default;
    acl_tag_t tag;
    /* For ACL_USER and ACL_GROUP. */
    uint32_t id;
    unsigned permissions;
} acl_entry;

/* What one of the two lists of a file holds so far. */
typedef struct acl_list {
    acl_t acl;
    bool has_user;
    bool has_group;
    bool has_other;
    bool has_mask;
    bool has_named;
    unsigned group;
} acl_list;

/* The part before the next colon; false when there is none. */
static bool take_part(cdp_string *rest, cdp_string *part)
{
    const char *colon = memchr(rest->data, ':', rest->length);

    if (!colon)
        return false;
    *part = (cdp_string){rest->data, (size_t)(colon - rest->data)};
    rest->data = colon + 1;
    rest->length -= part->length + 1;
    return true;
}

static bool parse_permissions(cdp_string text, unsigned *permissions)
{
    *permissions = 0;
    for (size_t i = 0; i < text.length; i++) {
        switch (text.data[i]) {
        case 'r':
            *permissions |= ACL_READ;
            break;
        case 'w':
            *permissions |= ACL_WRITE;
            break;
        case 'x':
            *permissions |= ACL_EXECUTE;
            break;
        case '-':
            break;
        default:
            return false;
        }
    }
    return true;
}

static px_acl_problem find_name(px_names *names, acl_entry *entry, cdp_string name)
{
    cdp_status status = entry->tag == ACL_USER ? px_find_user(names, name, &entry->id)
                                               : px_find_group(names, name, &entry->id);

    return status == CDP_OK          ? PX_ACL_NONE
           : status == CDP_ERR_NOMEM ? PX_ACL_NO_MEMORY
                                     : PX_ACL_UNKNOWN_NAME;
}

/* "[default:]TYPE:NAME:PERMISSIONS" */
static px_acl_problem parse(cdp_string text, px_names *names, acl_entry *entry)
{
    cdp_string part;
    cdp_string name;

    *entry = (acl_entry){0};
    if (!px_is_text(text) || !take_part(&text, &part))
        return PX_ACL_BAD_ENTRY;
    if (px_equal(part, "default")) {
        entry->is_default = true;
        if (!take_part(&text, &part))
            return PX_ACL_BAD_ENTRY;
    }
    if (!take_part(&text, &name) || !parse_permissions(text, &entry->permissions))
        return PX_ACL_BAD_ENTRY;
    if (px_equal(part, "user"))
        entry->tag = name.length ? ACL_USER : ACL_USER_OBJ;
    else if (px_equal(part, "group"))
        entry->tag = name.length ? ACL_GROUP : ACL_GROUP_OBJ;
    else if (px_equal(part, "mask") && !name.length)
        entry->tag = ACL_MASK;
    else if (px_equal(part, "other") && !name.length)
        entry->tag = ACL_OTHER;
    else
        return PX_ACL_BAD_ENTRY;
    return name.length ? find_name(names, entry, name) : PX_ACL_NONE;
}

static bool add(acl_list *list, const acl_entry *entry)
{
    acl_entry_t made;
    acl_permset_t permissions;

    if (acl_create_entry(&list->acl, &made) != 0 || acl_set_tag_type(made, entry->tag) != 0 ||
        acl_get_permset(made, &permissions) != 0 || acl_clear_perms(permissions) != 0)
        return false;
    for (unsigned bit = ACL_EXECUTE; bit <= ACL_READ; bit <<= 1) {
        if (entry->permissions & bit && acl_add_perm(permissions, bit) != 0)
            return false;
    }
    list->has_user |= entry->tag == ACL_USER_OBJ;
    list->has_group |= entry->tag == ACL_GROUP_OBJ;
    list->has_other |= entry->tag == ACL_OTHER;
    list->has_mask |= entry->tag == ACL_MASK;
    list->has_named |= entry->tag == ACL_USER || entry->tag == ACL_GROUP;
    if (entry->tag == ACL_GROUP_OBJ)
        list->group = entry->permissions;
    if (entry->tag == ACL_USER || entry->tag == ACL_GROUP)
        return acl_set_qualifier(made, &entry->id) == 0;
    return true;
}

/* Base entries from the permission bits, and a mask like the group's entry. */
static bool complete(acl_list *list, mode_t mode)
{
    const acl_entry user = {.tag = ACL_USER_OBJ, .permissions = mode >> 6 & 7};
    const acl_entry group = {.tag = ACL_GROUP_OBJ, .permissions = mode >> 3 & 7};
    const acl_entry other = {.tag = ACL_OTHER, .permissions = mode & 7};
    acl_entry mask = {.tag = ACL_MASK};

    if ((!list->has_user && !add(list, &user)) || (!list->has_group && !add(list, &group)) ||
        (!list->has_other && !add(list, &other)))
        return false;
    mask.permissions = list->group;
    return list->has_mask || !list->has_named || add(list, &mask);
}

static px_acl_problem gather(acl_list lists[2], const cdp_string *entries, size_t count,
                             px_names *names, bool *has_default, size_t *entry)
{
    for (size_t i = 0; i < count; i++) {
        acl_entry parsed;
        px_acl_problem problem = parse(entries[i], names, &parsed);

        *entry = i;
        if (problem != PX_ACL_NONE)
            return problem;
        if (!add(&lists[parsed.is_default], &parsed))
            return PX_ACL_SYSTEM;
        *has_default |= parsed.is_default;
    }
    return PX_ACL_NONE;
}

/* Completes a list, and finds what stands in it twice. */
static px_acl_problem finish(acl_list *list, mode_t mode)
{
    int index = 0;

    if (!complete(list, mode))
        return PX_ACL_SYSTEM;
    return acl_check(list->acl, &index) == 0 ? PX_ACL_NONE : PX_ACL_TWICE;
}

static bool apply(int fd, const acl_list lists[2], bool is_directory, bool has_default)
{
    char path[64];

    /* What O_PATH refers to has this name, whatever happens to its own. */
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (acl_set_file(path, ACL_TYPE_ACCESS, lists[0].acl) != 0)
        return false;
    if (!is_directory)
        return true;
    return has_default ? acl_set_file(path, ACL_TYPE_DEFAULT, lists[1].acl) == 0
                       : acl_delete_def_file(path) == 0;
}

px_acl_problem px_acl_set(int fd, mode_t mode, const cdp_string *entries, size_t count,
                          px_names *names, size_t *entry)
{
    acl_list lists[2] = {{.acl = acl_init(8)}, {.acl = acl_init(8)}};
    bool has_default = false;
    px_acl_problem problem = lists[0].acl && lists[1].acl ? PX_ACL_NONE : PX_ACL_NO_MEMORY;
    int error;

    if (problem == PX_ACL_NONE)
        problem = gather(lists, entries, count, names, &has_default, entry);
    if (problem == PX_ACL_NONE && has_default && !S_ISDIR(mode))
        problem = PX_ACL_NOT_A_DIRECTORY;
    if (problem == PX_ACL_NONE)
        problem = finish(&lists[0], mode);
    if (problem == PX_ACL_NONE)
        problem = finish(&lists[1], mode);
    if (problem == PX_ACL_NONE && !apply(fd, lists, S_ISDIR(mode), has_default))
        problem = PX_ACL_SYSTEM;
    error = errno;
    if (lists[0].acl)
        acl_free(lists[0].acl);
    if (lists[1].acl)
        acl_free(lists[1].acl);
    errno = error;
    return problem;
}
