/* SPDX-License-Identifier: MIT */
#include "group/revision.h"

#include "base/sized.h"
#include "base/strings.h"

/* The texts of a revision, each as a member of an object that the type determines. */
typedef struct text_member {
    size_t offset;
    const char *name;
} text_member;

#define TEXT(member, name)                                                                         \
    {                                                                                              \
        offsetof(cdp_group_revision, member), name                                                 \
    }
static const text_member texts[] = {
    TEXT(bucket, "bucket"),         TEXT(key, "key"),
    TEXT(version, "version"),       TEXT(etag, "eTag"),
    TEXT(repository, "repository"), TEXT(commit_id, "commitId"),
    TEXT(content, "content"),       TEXT(sha256, "sha256"),
};
enum { S3_FIRST = 0, GITHUB_FIRST = 4, CONTENT_FIRST = 6, TEXT_COUNT = 8 };

static cdp_string *text_of(cdp_group_revision *revision, size_t index)
{
    return (cdp_string *)(void *)((char *)revision + texts[index].offset);
}

static cdp_string text_at(const cdp_group_revision *revision, size_t index)
{
    return *(const cdp_string *)(const void *)((const char *)revision + texts[index].offset);
}

cdp_status cdp_revision_import(cdp_arena *arena, const cdp_group_revision *given,
                               cdp_group_revision *own)
{
    cdp_status status = cdp_sized_read(own, sizeof *own, given);

    if (status == CDP_OK &&
        (own->type < CDP_REVISION_TYPE_S3 || own->type > CDP_REVISION_TYPE_APPSPEC_CONTENT ||
         (unsigned)own->bundle_type > CDP_BUNDLE_TYPE_JSON))
        return CDP_ERR_ARGUMENT;
    for (size_t i = 0; status == CDP_OK && i < TEXT_COUNT; i++)
        status = cdp_arena_copy(arena, text_at(own, i), text_of(own, i));
    return status;
}

bool cdp_revision_equal(const cdp_group_revision *a, const cdp_group_revision *b)
{
    if (a->type != b->type)
        return false;
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        cdp_string left = text_at(a, i);
        cdp_string right = text_at(b, i);

        if (left.data && right.data && !cdp_string_equal(left, right))
            return false;
    }
    return true;
}

static void write_texts(const cdp_group_revision *revision, size_t first, size_t end,
                        cdp_json_writer *json)
{
    for (size_t i = first; i < end; i++) {
        cdp_string text = text_at(revision, i);

        if (!text.data)
            continue;
        cdp_json_key(json, texts[i].name);
        cdp_json_string(json, text);
    }
}

void cdp_revision_write(const cdp_group_revision *revision, cdp_json_writer *json)
{
    cdp_json_open_object(json);
    cdp_json_key(json, "revisionType");
    cdp_json_c_string(json, cdp_revision_type_name(revision->type));
    switch (revision->type) {
    case CDP_REVISION_TYPE_S3:
        cdp_json_key(json, "s3Location");
        cdp_json_open_object(json);
        write_texts(revision, S3_FIRST, GITHUB_FIRST, json);
        if (revision->bundle_type) {
            cdp_json_key(json, "bundleType");
            cdp_json_c_string(json, cdp_bundle_type_name(revision->bundle_type));
        }
        break;
    case CDP_REVISION_TYPE_GITHUB:
        cdp_json_key(json, "gitHubLocation");
        cdp_json_open_object(json);
        write_texts(revision, GITHUB_FIRST, CONTENT_FIRST, json);
        break;
    case CDP_REVISION_TYPE_STRING:
    case CDP_REVISION_TYPE_APPSPEC_CONTENT:
        cdp_json_key(json,
                     revision->type == CDP_REVISION_TYPE_STRING ? "string" : "appSpecContent");
        cdp_json_open_object(json);
        write_texts(revision, CONTENT_FIRST, TEXT_COUNT, json);
        break;
    }
    cdp_json_close_object(json);
    cdp_json_close_object(json);
}

void cdp_revision_put_short(const cdp_group_revision *revision, cdp_text *text)
{
    switch (revision->type) {
    case CDP_REVISION_TYPE_S3:
        cdp_text_put_c(text, "s3://");
        cdp_text_put(text, revision->bucket);
        cdp_text_put_c(text, "/");
        cdp_text_put(text, revision->key);
        break;
    case CDP_REVISION_TYPE_GITHUB:
        cdp_text_put(text, revision->repository);
        cdp_text_put_c(text, "@");
        cdp_text_put(text, revision->commit_id);
        break;
    case CDP_REVISION_TYPE_STRING:
    case CDP_REVISION_TYPE_APPSPEC_CONTENT:
        cdp_text_put_c(text, "AppSpec content");
        if (revision->sha256.data) {
            cdp_text_put_c(text, " ");
            cdp_text_put(text, revision->sha256);
        }
        break;
    }
}
