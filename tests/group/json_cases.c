/* SPDX-License-Identifier: MIT */
#include "json_cases.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/strings.h"

char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes;
    long end;

    if (!file || fseek(file, 0, SEEK_END) != 0 || (end = ftell(file)) < 0) {
        fprintf(stderr, "%s cannot be read\n", path);
        abort();
    }
    rewind(file);
    bytes = malloc((size_t)end + 1);
    *length = fread(bytes, 1, (size_t)end, file);
    bytes[*length] = '\0';
    fclose(file);
    return bytes;
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void open_cases(const char *path, case_file *file)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    cdp_diagnostics *diagnostics = new_diagnostics();
    cdp_node root;
    size_t length;
    char *bytes = read_file(path, &length);

    cdp_limits_import(&options.limits, NULL);
    if (cdp_document_parse(bytes, length, &options, NULL, diagnostics, &file->document) != CDP_OK) {
        fprintf(stderr, "%s: %s\n", path, listed(diagnostics));
        abort();
    }
    free(bytes);
    cdp_diagnostics_free(diagnostics);
    root = cdp_document_root(file->document);
    file->presets = cdp_node_find(file->document, root, CDP_STR("presets"), NULL);
    file->cases = cdp_node_find(file->document, root, CDP_STR("cases"), NULL);
}

cdp_node case_member(const case_file *file, cdp_node node, const char *name)
{
    return cdp_node_find(file->document, node, cdp_string_of(name), NULL);
}

const char *case_text(const case_file *file, cdp_node node, const char *name)
{
    cdp_node member = case_member(file, node, name);

    return member ? cdp_node_text(file->document, member).data : "";
}

cdp_string case_json(const case_file *file, cdp_node node, const char *name)
{
    cdp_node member = case_member(file, node, name);
    cdp_place place = cdp_node_place(file->document, member);

    if (!member)
        return (cdp_string){NULL, 0};
    return cdp_string_slice(cdp_document_input(file->document).data + place.offset,
                            place.end_offset - place.offset);
}

char *case_group(const case_file *file, cdp_node node)
{
    cdp_string whole = case_json(file, node, "group");
    cdp_string preset = case_json(file, file->presets, case_text(file, node, "on"));
    cdp_string with = case_json(file, node, "with");
    char *text;

    if (whole.data) {
        text = calloc(1, whole.length + 1);
        memcpy(text, whole.data, whole.length);
        return text;
    }
    text = calloc(1, preset.length + with.length + 3);
    memcpy(text, preset.data, preset.length);
    if (with.length > 2) {
        text[preset.length - 1] = ',';
        memcpy(text + preset.length, with.data + 1, with.length - 1);
    }
    return text;
}

typedef struct case_state {
    const case_file *file;
    cdp_node node;
    case_runner run;
} case_state;

static void run_one(void **state)
{
    const case_state *one = *state;

    one->run(one->file, one->node);
}

int run_json_cases(const char *path, case_runner run)
{
    case_file file;
    size_t count;
    struct CMUnitTest *tests;
    case_state *states;
    cdp_node node;
    int failed;

    open_cases(path, &file);
    count = cdp_node_child_count(file.document, file.cases);
    tests = calloc(count, sizeof *tests);
    states = calloc(count, sizeof *states);
    node = cdp_node_first_child(file.document, file.cases);
    for (size_t i = 0; i < count; i++, node = cdp_node_next_sibling(file.document, node)) {
        states[i] = (case_state){&file, node, run};
        tests[i] = (struct CMUnitTest){.name = case_text(&file, node, "name"),
                                       .test_func = run_one,
                                       .initial_state = &states[i]};
    }
    failed = _cmocka_run_group_tests(path, tests, count, NULL, NULL);
    free(tests);
    free(states);
    cdp_document_free(file.document);
    return count > 0 ? failed : 1;
}

/* ---- findings -------------------------------------------------------------------------------- */

cdp_diagnostics *new_diagnostics(void)
{
    cdp_diagnostics *diagnostics = NULL;

    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK)
        abort();
    return diagnostics;
}

char *listed(cdp_diagnostics *diagnostics)
{
    char *text = calloc(1, 1);
    size_t length = 0;

    if (cdp_diagnostics_sort(diagnostics) != CDP_OK)
        abort();
    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics); i++) {
        cdp_diagnostic found = {.size = sizeof found};
        cdp_diagnostic_info info = {.size = sizeof info};
        char line[1024];
        size_t added;

        cdp_diagnostics_at(diagnostics, i, &found);
        cdp_diagnostic_info_get(found.code, &info);
        added =
            (size_t)snprintf(line, sizeof line, "%s %s %s%s%s\n", cdp_severity_name(found.severity),
                             info.name, found.pointer.data ? found.pointer.data : "-",
                             info.api_name ? " " : "", info.api_name ? info.api_name : "");
        text = realloc(text, length + added + 1);
        memcpy(text + length, line, added + 1);
        length += added;
    }
    return text;
}

/* Takes a line out of a text; false when it is not there. */
static bool take_line(char *text, const char *line)
{
    size_t length = strlen(line);
    char *found = text;

    while (*found) {
        char *end = strchr(found, '\n');

        if ((size_t)(end - found) == length && memcmp(found, line, length) == 0) {
            memmove(found, end + 1, strlen(end + 1) + 1);
            return true;
        }
        found = end + 1;
    }
    return false;
}

void assert_lines(const case_file *file, cdp_node list, const char *actual)
{
    char *rest = strdup(actual);
    bool equal = true;
    cdp_node item = cdp_node_first_child(file->document, list);

    for (; item; item = cdp_node_next_sibling(file->document, item)) {
        const char *line = cdp_node_text(file->document, item).data;

        if (!take_line(rest, line)) {
            print_error("missing: %s\n", line);
            equal = false;
        }
    }
    if (*rest) {
        print_error("not expected:\n%s", rest);
        equal = false;
    }
    free(rest);
    assert_true(equal);
}

/* ---- groups ---------------------------------------------------------------------------------- */

cdp_group *parse_group(const char *text, const cdp_group_options *options)
{
    cdp_diagnostics *diagnostics = new_diagnostics();
    cdp_group *group = NULL;

    if (cdp_group_parse(text, strlen(text), options, diagnostics, &group) != CDP_OK) {
        char *lines = listed(diagnostics);

        print_error("%s", lines);
        free(lines);
    }
    cdp_diagnostics_free(diagnostics);
    assert_non_null(group);
    return group;
}

char *written(const cdp_group *group, cdp_group_shape shape)
{
    cdp_text *text;
    char *copy;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_group_write(group, shape, 2, text), CDP_OK);
    copy = strdup(cdp_text_string(text).data);
    cdp_text_free(text);
    return copy;
}
