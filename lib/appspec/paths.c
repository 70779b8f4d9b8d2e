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

bool cdp_appspec_path_climbs(cdp_string path, bool windows)
{
    size_t depth = 0;
    size_t at = 0;
    cdp_string part;

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

/* How many parts are left when `.` and `..` are carried out. */
static size_t depth_of(cdp_string path, bool windows)
{
    size_t depth = 0;
    size_t at = 0;
    cdp_string part;

    while (cdp_appspec_next_part(path, windows, &at, &part)) {
        if (cdp_string_equal_c(part, ".."))
            depth -= depth > 0;
        else if (!cdp_string_equal_c(part, ".") && !(windows && is_drive(part)))
            depth++;
    }
    return depth;
}

bool cdp_appspec_path_is_root(cdp_string path, bool windows)
{
    return depth_of(path, windows) == 0;
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

void cdp_appspec_put_normal_path(cdp_string path, bool absolute, bool windows, cdp_text *text)
{
    size_t start = cdp_text_string(text).length;
    size_t at = 0;
    cdp_string part;

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
