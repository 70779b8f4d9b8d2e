/* SPDX-License-Identifier: MIT */
#include "location.h"

#include <errno.h>
#include <stdlib.h>

#include "layout.h"

static bool starts_with(cdp_string text, const char *prefix)
{
    size_t length = strlen(prefix);

    return text.length >= length && memcmp(text.data, prefix, length) == 0;
}

static cdp_string behind(cdp_string text, size_t length)
{
    return (cdp_string){text.data + length, text.length - length};
}

/* Up to the first of `ends`, or to the end. */
static cdp_string piece(cdp_string text, const char *ends)
{
    size_t length = 0;

    while (length < text.length && !strchr(ends, text.data[length]))
        length++;
    return (cdp_string){text.data, length};
}

static cdp_status refuse(cdp_string given, const char *why, cdp_diagnostics *diagnostics)
{
    char *shown = px_copy(given);

    if (!shown)
        return CDP_ERR_NOMEM;
    px_report(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_LOCATION, shown, why, NULL);
    free(shown);
    return CDP_ERR_INVALID;
}

cdp_status px_location_tell(px_location *location, const char *name, cdp_string value)
{
    px_buffer variable = {0};

    if (value.length == 0)
        return CDP_OK;
    px_put_format(&variable, "%s=", name);
    px_put_string(&variable, value);
    if (!px_c_string(&variable)) {
        px_buffer_release(&variable);
        return CDP_ERR_NOMEM;
    }
    location->variables[location->variable_count] = variable.data;
    location->variable_strings[location->variable_count++] = px_string(variable.data);
    return CDP_OK;
}

/* ---- s3://BUCKET/KEY?versionId=V&etag=E ---- */

static cdp_string parameter(cdp_string query, const char *name)
{
    size_t length = strlen(name);

    while (query.length > 0) {
        cdp_string pair = piece(query, "&");

        if (pair.length > length && memcmp(pair.data, name, length) == 0 &&
            pair.data[length] == '=')
            return behind(pair, length + 1);
        query = behind(query, pair.length + (pair.length < query.length));
    }
    return query;
}

static cdp_status read_s3(px_location *location, cdp_string given, cdp_diagnostics *diagnostics)
{
    cdp_string rest = behind(given, strlen("s3://"));
    cdp_string bucket = piece(rest, "/?");
    cdp_string key = behind(rest, bucket.length);
    cdp_string query;
    cdp_status status;

    if (key.length > 0 && key.data[0] == '/')
        key = behind(key, 1);
    query = behind(key, piece(key, "?").length);
    key = piece(key, "?");
    if (query.length > 0)
        query = behind(query, 1);
    if (bucket.length == 0 || key.length == 0)
        return refuse(given, "it must be s3://BUCKET/KEY", diagnostics);
    if (location->type == 0 || location->type == CDP_POSIX_BUNDLE_DIRECTORY)
        return refuse(given, "an object in S3 is an archive; say zip, tar or tgz", diagnostics);
    status = px_location_tell(location, "BUNDLE_BUCKET", bucket);
    if (status == CDP_OK)
        status = px_location_tell(location, "BUNDLE_KEY", key);
    if (status == CDP_OK)
        status = px_location_tell(location, "BUNDLE_VERSION", parameter(query, "versionId"));
    if (status == CDP_OK)
        status = px_location_tell(location, "BUNDLE_ETAG", parameter(query, "etag"));
    return status;
}

/* ---- GitHub ---- */

/* The component behind OWNER/REPOSITORY/WORD/ when WORD is one of the two. */
static cdp_string reference(cdp_string path, const char *word, const char *or_word)
{
    cdp_string found;

    for (int i = 0; i < 2; i++) {
        size_t length = piece(path, "/").length;

        path = behind(path, length + (length < path.length));
    }
    found = piece(path, "/");
    if (!px_equal(found, word) && !px_equal(found, or_word))
        return (cdp_string){path.data, 0};
    path = behind(path, found.length + (found.length < path.length));
    return piece(path, "?#");
}

/* GitHub makes zips, and tars that are compressed. */
static void choose_github_type(px_location *location, cdp_string path)
{
    if (location->type == CDP_POSIX_BUNDLE_TAR || location->type == CDP_POSIX_BUNDLE_TGZ)
        location->type = CDP_POSIX_BUNDLE_TGZ;
    else
        location->type = CDP_POSIX_BUNDLE_ZIP;
    if (reference(path, "tarball", "tarball").length > 0)
        location->type = CDP_POSIX_BUNDLE_TGZ;
    else if (reference(path, "zipball", "zipball").length > 0)
        location->type = CDP_POSIX_BUNDLE_ZIP;
}

static cdp_status read_https(px_location *location, cdp_string given, cdp_diagnostics *diagnostics)
{
    static const char site[] = "https://github.com/";
    static const char api[] = "https://api.github.com/repos/";
    cdp_string commit;

    if (starts_with(given, site)) {
        choose_github_type(location, (cdp_string){"", 0});
        commit = reference(behind(given, sizeof site - 1), "tree", "commit");
    } else if (starts_with(given, api)) {
        choose_github_type(location, behind(given, sizeof api - 1));
        commit = reference(behind(given, sizeof api - 1), "tarball", "zipball");
    } else if (location->type == 0 || location->type == CDP_POSIX_BUNDLE_DIRECTORY) {
        return refuse(given, "what is fetched is an archive; say zip, tar or tgz", diagnostics);
    } else {
        return CDP_OK;
    }
    return px_location_tell(location, "BUNDLE_COMMIT", commit);
}

/* ---- all of them ---- */

static cdp_status read_local(px_location *location, cdp_string given, cdp_diagnostics *diagnostics)
{
    if (starts_with(given, "file://"))
        given = behind(given, strlen("file://"));
    else if (starts_with(given, "file:"))
        given = behind(given, strlen("file:"));
    if (location->type == 0)
        location->type = CDP_POSIX_BUNDLE_DIRECTORY;
    location->path = px_absolute(given);
    if (location->path || errno == ENOMEM)
        return location->path ? CDP_OK : CDP_ERR_NOMEM;
    return refuse(given, "it is relative, and the current directory is gone", diagnostics);
}

cdp_status px_location_read(px_location *location, cdp_string given, cdp_posix_bundle_type type,
                            cdp_diagnostics *diagnostics)
{
    *location = (px_location){.type = type};
    if (starts_with(given, "http:"))
        return refuse(given, "plain http is not safe, use https", diagnostics);
    location->is_remote = starts_with(given, "s3://") || starts_with(given, "https://");
    if (starts_with(given, "s3://"))
        return read_s3(location, given, diagnostics);
    if (location->is_remote)
        return read_https(location, given, diagnostics);
    return read_local(location, given, diagnostics);
}

void px_location_release(px_location *location)
{
    for (size_t i = 0; i < location->variable_count; i++)
        free(location->variables[i]);
    free(location->path);
    *location = (px_location){0};
}
