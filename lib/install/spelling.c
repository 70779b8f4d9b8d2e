/* SPDX-License-Identifier: MIT */
#include "base/strings.h"
#include "base/text.h"
#include "install/planner.h"

/*
 * How an AppSpec may spell a path: relative, with `~`, with `.`, `..` and many slashes.
 */

static cdp_status refuse(cdp_planner *planner, cdp_diagnostic_code code, cdp_string path)
{
    const cdp_finding finding = {.code = code, .path = path, .arguments = {path}};

    return cdp_planner_tell(planner, &finding);
}

cdp_status cdp_planner_make_absolute(cdp_planner *planner, cdp_string path, cdp_text *literal,
                                     bool *is_known)
{
    const cdp_install_options *options = &planner->options;
    bool is_home =
        path.length > 0 && path.data[0] == '~' && (path.length == 1 || path.data[1] == '/');

    *is_known = false;
    if (path.length > 0 && memchr(path.data, '\0', path.length))
        return refuse(planner, CDP_DIAGNOSTIC_INSTALL_PATH_NOT_TEXT, CDP_STR("path"));
    if (is_home && options->home_directory.data) {
        cdp_text_put(literal, options->home_directory);
        path = cdp_string_slice(path.data + 1, path.length - 1);
    } else if (path.length > 0 && path.data[0] == '~') {
        return refuse(planner, CDP_DIAGNOSTIC_INSTALL_DESTINATION_HOME, path);
    } else if (path.length > 0 && path.data[0] != '/') {
        if (!options->working_directory.data)
            return refuse(planner, CDP_DIAGNOSTIC_INSTALL_DESTINATION_RELATIVE, path);
        cdp_text_put(literal, options->working_directory);
    }
    cdp_text_put_byte(literal, '/');
    cdp_text_put(literal, path);
    *is_known = true;
    return cdp_text_status(literal);
}

/* Takes the last component from what was put behind `start`. */
static void drop_component(cdp_text *text, size_t start)
{
    size_t length = text->length;

    while (length > start && text->data[length - 1] != '/')
        length--;
    if (length > start)
        cdp_text_rollback(text, length - 1);
}

cdp_status cdp_put_normal_path(cdp_text *text, cdp_string literal)
{
    size_t start = text->length;

    for (size_t at = 0; at < literal.length && text->status == CDP_OK;) {
        size_t end = cdp_string_find(literal, '/', at);
        cdp_string name = cdp_string_slice(literal.data + at, end - at);

        at = end + 1;
        if (name.length == 0 || cdp_string_equal_c(name, "."))
            continue;
        if (cdp_string_equal_c(name, "..")) {
            drop_component(text, start);
            continue;
        }
        cdp_text_put_byte(text, '/');
        cdp_text_put(text, name);
    }
    if (text->length == start)
        cdp_text_put_byte(text, '/');
    return cdp_text_status(text);
}
