/* SPDX-License-Identifier: MIT */
/* Every rule about what a group consists of: data/rules.json. */
#include "json_cases.h"

#include <stdlib.h>

#include "base/strings.h"

static cdp_group_options options_of(const case_file *file, cdp_node node)
{
    cdp_group_options options = {.size = sizeof options};
    const char *shape = case_text(file, node, "shape");

    cdp_platform_from_name(cdp_string_of(case_text(file, node, "platform")), &options.platform);
    if (strcmp(shape, "create") == 0)
        options.shape = CDP_GROUP_SHAPE_CREATE;
    if (strcmp(shape, "info") == 0)
        options.shape = CDP_GROUP_SHAPE_INFO;
    return options;
}

/* What was accepted is written and read to the same again, in its own shape. */
static void check_round_trip(const cdp_group *group, const cdp_group_options *options)
{
    cdp_group_shape shape = cdp_group_shape_read(group);
    char *first = written(group, shape);
    cdp_group *again = parse_group(first, options);
    char *second = written(again, shape);

    assert_string_equal(first, second);
    free(first);
    free(second);
    cdp_group_free(again);
}

static void check_case(const case_file *file, cdp_node node)
{
    cdp_group_options options = options_of(file, node);
    cdp_diagnostics *diagnostics = new_diagnostics();
    char *text = case_group(file, node);
    cdp_group *group = NULL;
    cdp_status status = cdp_group_parse(text, strlen(text), &options, diagnostics, &group);
    char *lines = listed(diagnostics);
    bool refused = cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) > 0;

    assert_lines(file, case_member(file, node, "findings"), lines);
    assert_int_equal(status, refused ? CDP_ERR_INVALID : CDP_OK);
    if (*case_text(file, node, "is"))
        assert_string_equal(cdp_platform_name(cdp_group_platform(group)),
                            case_text(file, node, "is"));
    if (group)
        check_round_trip(group, &options);
    cdp_group_free(group);
    cdp_diagnostics_free(diagnostics);
    free(lines);
    free(text);
}

int main(void)
{
    return run_json_cases(DATA "/rules.json", check_case);
}
