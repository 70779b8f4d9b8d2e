/* SPDX-License-Identifier: MIT */
#include "document/reading.h"

#include "document/scalar.h"

/* What the official agent's loader would refuse wherever it stands. */

static cdp_status report_refused(cdp_reading *reading, cdp_node node, cdp_string what)
{
    const cdp_tree_node *at = cdp_tree_at(&reading->document->tree, node);

    return cdp_reading_report(reading, CDP_DIAGNOSTIC_YAML_TYPE_REFUSED, at->start, at->end, what);
}

/* Only what begins like a number can be a date, and only these can be broken numbers. */
static bool may_be_refused(cdp_string text)
{
    return text.length > 2 && (cdp_is_digit(text.data[0]) || text.data[0] == '-' ||
                               text.data[0] == '+' || text.data[0] == '.');
}

static cdp_status check_scalar(cdp_reading *reading, cdp_node node, unsigned form, cdp_string tag)
{
    cdp_string text = cdp_node_text(reading->document, node);

    if (!tag.data && (form != CDP_STYLE_PLAIN || !may_be_refused(text)))
        return CDP_OK;
    if (cdp_resolve_yaml(text, (cdp_scalar_style)form, tag).type != CDP_SCALAR_REFUSED)
        return CDP_OK;
    return report_refused(reading, node, text);
}

cdp_status cdp_check_values(cdp_reading *reading)
{
    const cdp_tree *tree = &reading->document->tree;
    cdp_status status = CDP_OK;

    if (reading->document->notation != CDP_NOTATION_YAML)
        return CDP_OK;
    for (cdp_node node = 1; node < tree->count && status == CDP_OK; node++) {
        unsigned form = cdp_tree_form(tree, node);
        cdp_string tag = cdp_tree_tag(tree, node);

        if (form < CDP_FORM_SEQUENCE)
            status = check_scalar(reading, node, form, tag);
        else if (tag.data && cdp_tag_is_refused(form == CDP_FORM_SEQUENCE ? CDP_NODE_SEQUENCE
                                                                          : CDP_NODE_MAPPING,
                                                tag))
            status = report_refused(reading, node, tag);
    }
    return status;
}
