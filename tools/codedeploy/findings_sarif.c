/* SPDX-License-Identifier: MIT */
/* SARIF 2.1.0, as code-scanning services read it. */
#include "findings.h"

#include <inttypes.h>
#include <string.h>

void findings_sarif_begin(findings_printer *printer)
{
    json *j = &printer->json;

    j->indented = true;
    json_open(j, NULL, '{');
    json_c_string(j, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_c_string(j, "version", "2.1.0");
    json_open(j, "runs", '[');
    json_open(j, NULL, '{');
    json_c_string(j, "columnKind", "unicodeCodePoints");
    json_open(j, "results", '[');
}

static size_t rule_index(findings_printer *printer, cdp_diagnostic_code code)
{
    size_t i = 0;

    while (i < printer->used_count && printer->used[i] != code)
        i++;
    if (i == printer->used_count && i < FINDINGS_MOST_CODES)
        printer->used[printer->used_count++] = code;
    return i;
}

/* A relative reference: what is not unreserved or '/' is percent-encoded (RFC 3986). */
static void print_uri(json *j, const char *key, const char *file)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    char uri[4096];
    size_t used = 0;

    while (strncmp(file, "./", 2) == 0)
        file += 2;
    if (strcmp(file, "-") == 0)
        file = "stdin";
    for (; *file && used + 4 < sizeof uri; file++) {
        if (strchr(plain, *file))
            uri[used++] = *file;
        else
            used += (size_t)snprintf(uri + used, 4, "%%%02X", (unsigned char)*file);
    }
    json_string(j, key, (cdp_string){uri, used});
}

static void print_region(json *j, const cdp_diagnostic *found)
{
    json_open(j, "region", '{');
    json_int(j, "startLine", found->line);
    json_int(j, "startColumn", found->column);
    json_int(j, "endLine", found->end_line);
    json_int(j, "endColumn", found->end_column);
    json_close(j, '}');
}

static void print_location(json *j, const findings_file *file, const cdp_diagnostic *found)
{
    json_open(j, "locations", '[');
    json_open(j, NULL, '{');
    json_open(j, "physicalLocation", '{');
    json_open(j, "artifactLocation", '{');
    print_uri(j, "uri", file->name);
    json_close(j, '}');
    if (found->line)
        print_region(j, found);
    json_close(j, '}');
    if (found->pointer.length) {
        json_open(j, "logicalLocations", '[');
        json_open(j, NULL, '{');
        json_string(j, "fullyQualifiedName", found->pointer);
        json_close(j, '}');
        json_close(j, ']');
    }
    json_close(j, '}');
    json_close(j, ']');
}

/* Stable while the finding stays what it is, wherever its line moves to: code, place in the tree
 * and message (FNV-1a). */
static uint64_t fingerprint(const cdp_diagnostic *found)
{
    const cdp_string parts[] = {found->pointer, found->message};
    uint64_t hash = UINT64_C(14695981039346656037) ^ (uint64_t)found->code;

    for (size_t part = 0; part < 2; part++) {
        for (size_t i = 0; i < parts[part].length; i++)
            hash = (hash ^ (unsigned char)parts[part].data[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static void print_fix(json *j, const findings_file *file, const cdp_diagnostic *found)
{
    json_open(j, "fixes", '[');
    json_open(j, NULL, '{');
    json_open(j, "artifactChanges", '[');
    json_open(j, NULL, '{');
    json_open(j, "artifactLocation", '{');
    print_uri(j, "uri", file->name);
    json_close(j, '}');
    json_open(j, "replacements", '[');
    json_open(j, NULL, '{');
    json_open(j, "deletedRegion", '{');
    json_int(j, "byteOffset", (int64_t)found->fix_offset);
    json_int(j, "byteLength", (int64_t)found->fix_length);
    json_close(j, '}');
    json_open(j, "insertedContent", '{');
    json_string(j, "text", found->fix_text);
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, ']');
    json_close(j, '}');
    json_close(j, ']');
    json_close(j, '}');
    json_close(j, ']');
}

static void print_result(findings_printer *printer, const findings_file *file,
                         const cdp_diagnostic *found)
{
    json *j = &printer->json;
    cdp_diagnostic_info info = {.size = sizeof info};
    char hash[17];

    if (cdp_diagnostic_info_get(found->code, &info) != CDP_OK)
        return;
    json_open(j, NULL, '{');
    json_c_string(j, "ruleId", info.name);
    json_int(j, "ruleIndex", (int64_t)rule_index(printer, found->code));
    json_c_string(j, "level", cdp_severity_name(found->severity));
    json_open(j, "message", '{');
    json_string(j, "text", found->message);
    json_close(j, '}');
    print_location(j, file, found);
    snprintf(hash, sizeof hash, "%016" PRIx64, fingerprint(found));
    json_open(j, "partialFingerprints", '{');
    json_c_string(j, "finding/v1", hash);
    json_close(j, '}');
    if (found->fix_text.data)
        print_fix(j, file, found);
    json_close(j, '}');
}

void findings_sarif_print(findings_printer *printer, const findings_file *file)
{
    for (size_t i = 0; i < cdp_diagnostics_count(file->diagnostics); i++) {
        cdp_diagnostic found;

        if (findings_shown(file, i, &found))
            print_result(printer, file, &found);
    }
}

static void print_rule(json *j, cdp_diagnostic_code code)
{
    cdp_diagnostic_info info = {.size = sizeof info};

    if (cdp_diagnostic_info_get(code, &info) != CDP_OK)
        return;
    json_open(j, NULL, '{');
    json_c_string(j, "id", info.name);
    json_open(j, "shortDescription", '{');
    json_c_string(j, "text", info.message);
    json_close(j, '}');
    json_open(j, "fullDescription", '{');
    json_c_string(j, "text", info.explanation);
    json_close(j, '}');
    if (info.hint) {
        json_open(j, "help", '{');
        json_c_string(j, "text", info.hint);
        json_close(j, '}');
    }
    json_open(j, "defaultConfiguration", '{');
    json_c_string(j, "level", cdp_severity_name(info.severity));
    json_close(j, '}');
    json_close(j, '}');
}

void findings_sarif_end(findings_printer *printer)
{
    json *j = &printer->json;

    json_close(j, ']');
    json_open(j, "tool", '{');
    json_open(j, "driver", '{');
    json_c_string(j, "name", "codedeploy");
    json_c_string(j, "version", cdp_version());
    json_open(j, "rules", '[');
    for (size_t i = 0; i < printer->used_count; i++)
        print_rule(j, printer->used[i]);
    json_close(j, ']');
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, ']');
    json_close(j, '}');
}
