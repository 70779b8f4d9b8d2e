/* SPDX-License-Identifier: MIT */
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>

cdp_appspec_options options_for(cdp_platform platform, cdp_appspec_profile profile)
{
    return (cdp_appspec_options){
        .size = sizeof(cdp_appspec_options), .platform = platform, .profile = profile};
}

outcome read_text(const char *text, size_t length, const cdp_appspec_options *options)
{
    outcome result = {CDP_OK, NULL, NULL};

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &result.diagnostics), CDP_OK);
    result.status = cdp_appspec_parse(text, length, options, result.diagnostics, &result.appspec);
    return result;
}

outcome read_server(const char *text)
{
    cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);

    return read_text(text, strlen(text), &options);
}

void outcome_free(outcome *reading)
{
    cdp_appspec_free(reading->appspec);
    cdp_diagnostics_free(reading->diagnostics);
}

static bool find(const outcome *reading, cdp_diagnostic_code code, cdp_diagnostic *finding)
{
    for (size_t i = 0; i < cdp_diagnostics_count(reading->diagnostics); i++) {
        finding->size = sizeof *finding;
        assert_int_equal(cdp_diagnostics_at(reading->diagnostics, i, finding), CDP_OK);
        if (finding->code == code)
            return true;
    }
    return false;
}

bool was_found(const outcome *reading, cdp_diagnostic_code code)
{
    cdp_diagnostic finding;

    return find(reading, code, &finding);
}

cdp_diagnostic finding_of(const outcome *reading, cdp_diagnostic_code code)
{
    cdp_diagnostic finding;

    if (!find(reading, code, &finding)) {
        print_findings(reading);
        fail_msg("no finding of code %d", (int)code);
    }
    return finding;
}

void print_findings(const outcome *reading)
{
    print_message("%s\n", cdp_status_name(reading->status));
    for (size_t i = 0; i < cdp_diagnostics_count(reading->diagnostics); i++) {
        cdp_diagnostic finding = {.size = sizeof finding};
        cdp_diagnostic_info info = {.size = sizeof info};

        assert_int_equal(cdp_diagnostics_at(reading->diagnostics, i, &finding), CDP_OK);
        assert_int_equal(cdp_diagnostic_info_get(finding.code, &info), CDP_OK);
        print_message("  %u:%u %s %s: %s\n", finding.line, finding.column,
                      cdp_severity_name(finding.severity), info.name, finding.message.data);
    }
}

char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text;
    long size;

    if (!file)
        fail_msg("cannot open %s", path);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size = ftell(file);
    assert_true(size >= 0);
    rewind(file);
    text = malloc((size_t)size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)size, file), (size_t)size);
    text[size] = '\0';
    fclose(file);
    *length = (size_t)size;
    return text;
}
