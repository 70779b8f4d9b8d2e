/* SPDX-License-Identifier: MIT */
#include "appspec/paths.h"

static bool is_separator(char c, bool windows)
{
    return c == '/' || (windows && c == '\\');
}

bool cdp_appspec_next_part(cdp_string path, bool windows, size_t *at, cdp_string *part)
{
    size_t from;

    while (*at < path.length && is_separator(path.data[*at], windows))
        ++*at;
    from = *at;
    while (*at < path.length && !is_separator(path.data[*at], windows))
        ++*at;
    *part = cdp_string_slice(path.data + from, *at - from);
    return part->length > 0;
}

/* Whether `..` stands anywhere: without it a path needs no second thought. */
static bool has_two_dots(cdp_string path)
{
    for (size_t at = cdp_string_find(path, '.', 0); at + 1 < path.length;
         at = cdp_string_find(path, '.', at + 1)) {
        if (path.data[at + 1] == '.')
            return true;
    }
    return false;
}

bool cdp_appspec_path_climbs(cdp_string path, bool windows)
{
    size_t depth = 0;
    size_t at = 0;
    cdp_string part;

    if (!has_two_dots(path))
        return false;
    while (cdp_appspec_next_part(path, windows, &at, &part)) {
        if (cdp_string_equal_c(part, "..")) {
            if (depth-- == 0)
                return true;
        } else if (!cdp_string_equal_c(part, ".")) {
            depth++;
        }
    }
    return false;
}

static bool is_drive(cdp_string part)
{
    return part.length == 2 && part.data[1] == ':';
}

/* No part is left when `.` and `..` are carried out. */
bool cdp_appspec_path_is_root(cdp_string path, bool windows)
{
    bool may_climb = has_two_dots(path);
    size_t depth = 0;
    size_t at = 0;
    cdp_string part;

    while (cdp_appspec_next_part(path, windows, &at, &part)) {
        if (cdp_string_equal_c(part, ".."))
            depth -= depth > 0;
        else if (!cdp_string_equal_c(part, ".") && !(windows && is_drive(part)))
            depth++;
        if (depth > 0 && !may_climb)
            return false;
    }
    return depth == 0;
}

bool cdp_appspec_path_is_within(cdp_string path, cdp_string folder, bool windows)
{
    size_t at = 0;
    size_t folder_at = 0;
    cdp_string part;
    cdp_string expected;

    while (cdp_appspec_next_part(folder, windows, &folder_at, &expected)) {
        if (!cdp_appspec_next_part(path, windows, &at, &part))
            return false;
        if (windows ? !cdp_string_equal_ignoring_case(part, expected)
                    : !cdp_string_equal(part, expected))
            return false;
    }
    return true;
}

/* Whether an absolute path is normal already: no part of it is empty or begins with a dot. */
static bool is_normal(cdp_string path)
{
    if (path.length < 2 || path.data[0] != '/')
        return false;
    for (size_t at = 0; at < path.length; at = cdp_string_find(path, '/', at + 1)) {
        if (at + 1 == path.length || path.data[at + 1] == '/' || path.data[at + 1] == '.')
            return false;
    }
    return true;
}

void cdp_appspec_put_normal_path(cdp_string path, bool absolute, bool windows, cdp_text *text)
{
    size_t start = cdp_text_string(text).length;
    size_t at = 0;
    cdp_string part;

    if (absolute && !windows && is_normal(path)) {
        cdp_text_put(text, path);
        return;
    }
    while (cdp_appspec_next_part(path, windows, &at, &part)) {
        if (cdp_string_equal_c(part, "."))
            continue;
        if (cdp_text_status(text) != CDP_OK)
            return; /* going back would forget the failure */
        if (cdp_string_equal_c(part, "..")) {
            cdp_string so_far = cdp_text_string(text);
            size_t end = so_far.length;

            while (end > start && so_far.data[end - 1] != '/')
                end--;
            cdp_text_rollback(text, end > start ? end - 1 : start);
            continue;
        }
        if (absolute || cdp_text_string(text).length > start)
            cdp_text_put_byte(text, '/');
        cdp_text_put(text, part);
    }
}

cdp_string cdp_appspec_path_name(cdp_string path, bool windows)
{
    size_t from = path.length;

    while (from > 0 && !is_separator(path.data[from - 1], windows))
        from--;
    return cdp_string_slice(path.data + from, path.length - from);
}
