/* SPDX-License-Identifier: MIT */
#include "findings.h"

#include <string.h>

#include "excerpt.h"

const char *const findings_formats[4] = {"text", "json", "sarif", "github"};

void findings_begin(findings_printer *printer, FILE *stream, findings_format format)
{
    memset(printer, 0, sizeof *printer);
    printer->stream = stream;
    printer->format = format;
    printer->colour = format == FINDINGS_TEXT && cli_wants_colour(stream);
    printer->json.stream = stream;
    if (format == FINDINGS_SARIF)
        findings_sarif_begin(printer);
}

void findings_end(findings_printer *printer)
{
    if (printer->format == FINDINGS_SARIF)
        findings_sarif_end(printer);
}

bool findings_shown(const findings_file *file, size_t index, cdp_diagnostic *found)
{
    *found = (cdp_diagnostic){.size = sizeof *found};
    if (cdp_diagnostics_at(file->diagnostics, index, found) != CDP_OK ||
        found->severity < file->least_severity)
        return false;
    for (size_t i = 0; i < file->ignored_count; i++) {
        if (file->ignored[i] == found->code)
            return false;
    }
    return true;
}

size_t findings_count(const findings_file *file, cdp_severity severity)
{
    size_t count = 0;
    cdp_diagnostic found;

    for (size_t i = 0; i < cdp_diagnostics_count(file->diagnostics); i++)
        count += findings_shown(file, i, &found) && found.severity >= severity;
    return count;
}

static const char *code_name(cdp_diagnostic_code code)
{
    cdp_diagnostic_info info = {.size = sizeof info};

    return cdp_diagnostic_info_get(code, &info) == CDP_OK ? info.name : "unknown";
}

/* The exception or error code of the API that stands for it, or NULL. */
static const char *api_name(cdp_diagnostic_code code)
{
    cdp_diagnostic_info info = {.size = sizeof info};

    return cdp_diagnostic_info_get(code, &info) == CDP_OK ? info.api_name : NULL;
}

static const char *severity_colour(cdp_severity severity)
{
    switch (severity) {
    case CDP_SEVERITY_ERROR:
        return "\33[1;31m";
    case CDP_SEVERITY_WARNING:
        return "\33[1;35m";
    case CDP_SEVERITY_NOTE:
        break;
    }
    return "\33[1;36m";
}

static void print_text(const findings_printer *printer, const findings_file *file,
                       const cdp_diagnostic *found)
{
    FILE *stream = printer->stream;

    fprintf(stream, "%s:", file->name);
    if (found->line)
        fprintf(stream, "%u:%u:", (unsigned)found->line, (unsigned)found->column);
    fprintf(stream, " %s%s:%s ", printer->colour ? severity_colour(found->severity) : "",
            cdp_severity_name(found->severity), printer->colour ? "\33[0m" : "");
    cli_put(stream, found->message);
    fprintf(stream, " [%s", code_name(found->code));
    if (api_name(found->code))
        fprintf(stream, ", %s", api_name(found->code));
    fputs("]\n", stream);
    if (found->line)
        excerpt_print(stream, file->text, found, printer->colour);
    if (found->hint.data) {
        fputs("  hint: ", stream);
        cli_put(stream, found->hint);
        fputc('\n', stream);
    }
}

static void print_json(json *j, const cdp_diagnostic *found)
{
    json_open(j, NULL, '{');
    json_c_string(j, "severity", cdp_severity_name(found->severity));
    json_c_string(j, "code", code_name(found->code));
    if (api_name(found->code))
        json_c_string(j, "api_error", api_name(found->code));
    json_string(j, "message", found->message);
    if (found->line) {
        json_int(j, "line", found->line);
        json_int(j, "column", found->column);
        json_int(j, "end_line", found->end_line);
        json_int(j, "end_column", found->end_column);
        json_int(j, "offset", (int64_t)found->offset);
    }
    if (found->pointer.data)
        json_string(j, "pointer", found->pointer);
    if (found->hint.data)
        json_string(j, "hint", found->hint);
    if (found->fix_text.data) {
        json_open(j, "fix", '{');
        json_int(j, "offset", (int64_t)found->fix_offset);
        json_int(j, "length", (int64_t)found->fix_length);
        json_string(j, "text", found->fix_text);
        json_close(j, '}');
    }
    json_close(j, '}');
}

/* Workflow commands end at a line break and their properties at ':' and ','. */
static void put_escaped(FILE *stream, cdp_string text, bool is_property)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];

        if (c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ',')))
            fprintf(stream, "%%%02X", (unsigned char)c);
        else
            fputc(c, stream);
    }
}

static void print_github(FILE *stream, const findings_file *file, const cdp_diagnostic *found)
{
    fprintf(stream, "::%s file=",
            found->severity == CDP_SEVERITY_NOTE ? "notice" : cdp_severity_name(found->severity));
    put_escaped(stream, (cdp_string){file->name, strlen(file->name)}, true);
    if (found->line) {
        fprintf(stream, ",line=%u,endLine=%u", (unsigned)found->line, (unsigned)found->end_line);
        if (found->line == found->end_line)
            fprintf(stream, ",col=%u,endColumn=%u", (unsigned)found->column,
                    (unsigned)found->end_column);
    }
    fprintf(stream, ",title=%s::", code_name(found->code));
    put_escaped(stream, found->message, false);
    if (found->hint.data) {
        fputs("%0A", stream);
        put_escaped(stream, found->hint, false);
    }
    fputc('\n', stream);
}

static void print_each(findings_printer *printer, const findings_file *file)
{
    for (size_t i = 0; i < cdp_diagnostics_count(file->diagnostics); i++) {
        cdp_diagnostic found;

        if (!findings_shown(file, i, &found))
            continue;
        switch (printer->format) {
        case FINDINGS_TEXT:
            print_text(printer, file, &found);
            break;
        case FINDINGS_JSON:
            print_json(&printer->json, &found);
            break;
        case FINDINGS_GITHUB:
            print_github(printer->stream, file, &found);
            break;
        case FINDINGS_SARIF:
            break;
        }
    }
}

void findings_print(findings_printer *printer, const findings_file *file)
{
    json *j = &printer->json;
    size_t dropped = cdp_diagnostics_dropped(file->diagnostics);

    if (printer->format == FINDINGS_SARIF) {
        findings_sarif_print(printer, file);
        return;
    }
    if (printer->format == FINDINGS_JSON) {
        json_open(j, NULL, '{');
        json_c_string(j, "file", file->name);
        if (file->has_platform)
            json_c_string(j, "platform", file->platform);
        json_bool(j, "valid", file->valid);
        json_open(j, "diagnostics", '[');
    }
    print_each(printer, file);
    if (dropped > 0 && printer->format == FINDINGS_TEXT)
        fprintf(printer->stream, "%s: %zu more findings are not shown\n", file->name, dropped);
    if (printer->format == FINDINGS_JSON) {
        json_close(j, ']');
        if (dropped > 0)
            json_int(j, "dropped", (int64_t)dropped);
        json_close(j, '}');
    }
}

void findings_report(const findings_file *file)
{
    findings_printer printer;

    findings_begin(&printer, stderr, FINDINGS_TEXT);
    findings_print(&printer, file);
    findings_end(&printer);
}
