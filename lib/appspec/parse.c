/* SPDX-License-Identifier: MIT */
/* From text to an AppSpec. */
#include "appspec/parse.h"

#include "appspec/resources.h"
#include "appspec/rules.h"
#include "appspec/server.h"

static const cdp_notation notations[] = {
    [CDP_APPSPEC_NOTATION_AUTO] = CDP_NOTATION_AUTO,
    [CDP_APPSPEC_NOTATION_YAML] = CDP_NOTATION_YAML,
    [CDP_APPSPEC_NOTATION_JSON] = CDP_NOTATION_JSON,
    [CDP_APPSPEC_NOTATION_XML] = CDP_NOTATION_XML,
};

/* Elements of XML that are lists even when there is one of them only. */
static const char *const lists[] = {
    "files",
    "permissions",
    "permissions/except",
    "permissions/type",
    "permissions/acls",
    "hooks/",
    "Resources",
    "Hooks",
    "Subnets",
    "SecurityGroups",
    "CapacityProviderStrategy",
};

cdp_status cdp_appspec_open(appspec_work *work, const char *bytes, size_t length,
                            cdp_diagnostics *findings)
{
    cdp_document_options options = {
        .notation = notations[work->options.notation],
        .limits = work->limits,
        .expand_aliases = work->options.expand_aliases != 0,
        .lists = lists,
        .list_count = sizeof lists / sizeof *lists,
    };
    cdp_document *document = NULL;
    cdp_status status = cdp_document_parse(length ? bytes : "", length, &options, &work->allocator,
                                           findings, &document);

    if (status != CDP_OK)
        return status;
    work->appspec = cdp_appspec_make(&work->allocator, CDP_PLATFORM_AUTO);
    if (!work->appspec) {
        cdp_document_free(document);
        return CDP_ERR_NOMEM;
    }
    work->appspec->document = document;
    work->document = document;
    return CDP_OK;
}

/* What the reader of documents found, with the severity that it has here. */
static void judge(appspec_work *work, const cdp_diagnostics *found)
{
    bool is_server = work->appspec->platform == CDP_PLATFORM_SERVER;

    for (size_t i = 0; i < cdp_diagnostics_count(found); i++) {
        cdp_diagnostic finding = {.size = sizeof finding};
        cdp_diagnostic_info info = {.size = sizeof info};
        cdp_status status = cdp_diagnostics_at(found, i, &finding);

        if (status == CDP_OK)
            status = cdp_diagnostic_info_get(finding.code, &info);
        if (status == CDP_OK && cdp_appspec_is_suppressed(work, finding.line, finding.code) &&
            finding.severity < CDP_SEVERITY_ERROR)
            continue;
        if (cdp_appspec_is_strict(work) && info.strict_severity > finding.severity)
            finding.severity = info.strict_severity;
        /* The agents for servers do not get past these; the service reads Lambda's and ECS's. */
        if (is_server && (finding.code == CDP_DIAGNOSTIC_BYTE_ORDER_MARK ||
                          finding.code == CDP_DIAGNOSTIC_INPUT_UTF16))
            finding.severity = CDP_SEVERITY_ERROR;
        work->errors += finding.severity == CDP_SEVERITY_ERROR;
        if (status == CDP_OK)
            status = cdp_diagnostics_add(work->findings, &finding);
        if (status != CDP_OK)
            cdp_appspec_fail(work, status);
    }
}

static void report_at(appspec_work *work, cdp_diagnostic_code code, size_t offset, size_t end)
{
    cdp_diagnostic_info info = {.size = sizeof info};
    cdp_report report = {
        .code = code,
        .place = cdp_document_place(work->document, offset, end),
    };
    cdp_status status = cdp_diagnostic_info_get(code, &info);

    report.severity = cdp_appspec_is_strict(work) ? info.strict_severity : info.severity;
    if (info.severity < CDP_SEVERITY_ERROR &&
        cdp_appspec_is_suppressed(work, report.place.line, code))
        return;
    work->errors += report.severity == CDP_SEVERITY_ERROR;
    if (status == CDP_OK)
        status = cdp_diagnostics_report(work->findings, &report);
    if (status != CDP_OK)
        cdp_appspec_fail(work, status);
}

static void check_notation(appspec_work *work, cdp_node root)
{
    cdp_string text = cdp_document_input(work->document);
    size_t start = cdp_node_place(work->document, root).offset;

    if (work->appspec->platform == CDP_PLATFORM_SERVER &&
        work->options.notation != CDP_APPSPEC_NOTATION_JSON && start < text.length &&
        text.data[start] == '{')
        report_at(work, CDP_DIAGNOSTIC_APPSPEC_IS_JSON, start, start + 1);
}

static size_t first_line(cdp_string text)
{
    size_t end = 0;

    while (end < text.length && text.data[end] != '\n' && text.data[end] != '\r')
        end++;
    return end;
}

/* False when there is nothing that could be an AppSpec; that is reported. */
static bool check_root(appspec_work *work, cdp_node root)
{
    cdp_string input = cdp_document_input(work->document);

    if (cdp_node_get_kind(work->document, root) == CDP_NODE_MAPPING)
        return true;
    if (root == 0)
        report_at(work, CDP_DIAGNOSTIC_APPSPEC_EMPTY, 0, first_line(input));
    else
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = cdp_appspec_is_nothing(work, root)
                                                 ? CDP_DIAGNOSTIC_APPSPEC_EMPTY
                                                 : CDP_DIAGNOSTIC_APPSPEC_NOT_A_MAPPING,
                                     .node = root,
                                     .arguments = {cdp_appspec_describe(work, root)},
                                 });
    return false;
}

/* The platform that was asked for, or that the document tells; AUTO is reported. */
static cdp_platform settle_platform(appspec_work *work, cdp_node root)
{
    cdp_platform detected = cdp_appspec_detect(work, root);

    if (work->options.platform == CDP_PLATFORM_AUTO && detected == CDP_PLATFORM_AUTO)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_APPSPEC_PLATFORM_UNKNOWN,
                                     .node = root,
                                 });
    return work->options.platform ? work->options.platform : detected;
}

static void read_platform(appspec_work *work, cdp_node root)
{
    switch (work->appspec->platform) {
    case CDP_PLATFORM_SERVER:
        cdp_appspec_read_server(work, root);
        if (work->status == CDP_OK)
            cdp_appspec_check_server(work);
        break;
    case CDP_PLATFORM_LAMBDA:
    case CDP_PLATFORM_ECS:
        cdp_appspec_read_resources(work, root);
        if (work->status == CDP_OK)
            cdp_appspec_check_resource(work);
        break;
    default:
        break;
    }
}

static void read(appspec_work *work, const cdp_diagnostics *found)
{
    cdp_node root = cdp_document_root(work->document);
    bool is_mapping;

    if (work->options.suppressions)
        cdp_appspec_find_suppressions(work);
    is_mapping = check_root(work, root);
    if (is_mapping)
        work->appspec->platform = settle_platform(work, root);
    judge(work, found);
    if (!is_mapping || work->status != CDP_OK)
        return;
    check_notation(work, root);
    read_platform(work, root);
}

cdp_status cdp_appspec_detect_platform(const char *bytes, size_t length,
                                       const cdp_appspec_options *options, cdp_platform *platform)
{
    appspec_work work;
    cdp_appspec *unused = NULL;
    cdp_platform found = CDP_PLATFORM_AUTO;
    cdp_status status;

    if (!platform || (!bytes && length > 0))
        return CDP_ERR_ARGUMENT;
    status = cdp_appspec_begin(&work, options);
    if (status != CDP_OK)
        return status;
    status = cdp_appspec_open(&work, bytes, length, NULL);
    if (status == CDP_OK)
        found = work.options.platform ? work.options.platform
                                      : cdp_appspec_detect(&work, cdp_document_root(work.document));
    else
        cdp_appspec_fail(&work, status);
    status = cdp_appspec_end(&work, NULL, &unused);
    cdp_appspec_free(unused);
    if (status == CDP_OK)
        *platform = found;
    return status;
}

cdp_status cdp_appspec_parse(const char *bytes, size_t length, const cdp_appspec_options *options,
                             cdp_diagnostics *diagnostics, cdp_appspec **appspec)
{
    appspec_work work;
    cdp_diagnostics *found = NULL;
    cdp_status status;

    if (!appspec || (!bytes && length > 0))
        return CDP_ERR_ARGUMENT;
    status = cdp_appspec_begin(&work, options);
    if (status != CDP_OK)
        return status;
    status = cdp_diagnostics_new(&work.allocator, &work.limits, &found);
    if (status == CDP_OK)
        status = cdp_appspec_open(&work, bytes, length, found);
    if (status == CDP_OK)
        read(&work, found);
    else if (found && cdp_diagnostics_append(work.findings, found) != CDP_OK)
        status = CDP_ERR_NOMEM;
    cdp_diagnostics_free(found);
    if (status != CDP_OK)
        cdp_appspec_fail(&work, status);
    return cdp_appspec_end(&work, diagnostics, appspec);
}
