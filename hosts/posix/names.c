/* SPDX-License-Identifier: MIT */
#include "names.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>

#define LARGEST_RECORD ((size_t)4 << 20)

/* One look-up with a buffer of `size` bytes: ERANGE when that is too small. */
typedef int look_up(const char *name, char *buffer, size_t size, uint32_t *id, bool *is_known);

static int look_up_user(const char *name, char *buffer, size_t size, uint32_t *id, bool *is_known)
{
    struct passwd record;
    struct passwd *found = NULL;
    int error = getpwnam_r(name, &record, buffer, size, &found);

    *is_known = found != NULL;
    if (found)
        *id = found->pw_uid;
    return error;
}

static int look_up_group(const char *name, char *buffer, size_t size, uint32_t *id, bool *is_known)
{
    struct group record;
    struct group *found = NULL;
    int error = getgrnam_r(name, &record, buffer, size, &found);

    *is_known = found != NULL;
    if (found)
        *id = found->gr_gid;
    return error;
}

/* A name of digits only; -1 as an id means "leave it" to chown() and is none. */
static bool parse_id(const char *name, uint32_t *id)
{
    uint64_t number = 0;

    if (!*name || name[strspn(name, "0123456789")] != '\0' || strlen(name) > 10)
        return false;
    for (; *name; name++)
        number = number * 10 + (uint64_t)(*name - '0');
    *id = (uint32_t)number;
    return number < UINT32_MAX;
}

static cdp_status find(px_name *kept, look_up *look, cdp_string name, uint32_t *id)
{
    px_buffer buffer = {0};
    int error = ERANGE;

    if (!px_is_text(name))
        return CDP_ERR_INVALID;
    if (!kept->name || !px_equal(name, kept->name)) {
        free(kept->name);
        kept->name = px_copy(name);
        if (!kept->name)
            return CDP_ERR_NOMEM;
        for (size_t size = 4096; error == ERANGE && size <= LARGEST_RECORD; size *= 4) {
            char *space = px_reserve(&buffer, size);

            if (!space) {
                free(kept->name);
                kept->name = NULL;
                return CDP_ERR_NOMEM;
            }
            error = look(kept->name, space, size, &kept->id, &kept->is_known);
        }
        px_buffer_release(&buffer);
        if (!kept->is_known)
            kept->is_known = parse_id(kept->name, &kept->id);
    }
    if (!kept->is_known)
        return CDP_ERR_INVALID;
    *id = kept->id;
    return CDP_OK;
}

cdp_status px_find_user(px_names *names, cdp_string name, uid_t *id)
{
    return find(&names->user, look_up_user, name, id);
}

cdp_status px_find_group(px_names *names, cdp_string name, gid_t *id)
{
    return find(&names->group, look_up_group, name, id);
}

void px_names_release(px_names *names)
{
    free(names->user.name);
    free(names->group.name);
    *names = (px_names){0};
}
